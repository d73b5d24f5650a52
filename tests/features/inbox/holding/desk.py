"""A desk's holding: everything is cancelled in time."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.features.inbox.holding.cancellation_service import ReplyCancellationService
from bot.features.inbox.holding.setting import ReplyHoldSetting
from bot.model.ports import Post
from storage.records import DiscordId, EffectId
from tests.discord.desk import Desk, DeskServices


class DeskHolding:
    """Replies that nobody keeps."""

    async def hold(self, permit: Permit, seconds: int | None) -> str:
        return f"Held: {seconds}."

    async def cancel(self, actor: DiscordId, channel: DiscordId, ref: EffectId) -> Post | str | None:
        return "Cancelled."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskHolding()
    return {ReplyCancellationService: one, ReplyHoldSetting: one}
