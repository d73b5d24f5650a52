"""A desk's holding: everything is cancelled in time."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.model.ports import Post
from storage.records import DiscordId, EffectId


class DeskHolding:
    """Replies that nobody keeps."""

    async def hold(self, permit: Permit, seconds: int | None) -> str:
        return f"Held: {seconds}."

    async def cancel(self, actor: DiscordId, channel: DiscordId, ref: EffectId) -> Post | str | None:
        return "Cancelled."
