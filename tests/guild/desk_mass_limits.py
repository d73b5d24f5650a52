"""`MassSafety` of a desk: whatever is typed holds, whatever waits is cancelled."""

# ruff: noqa: ARG002 - the signatures are the ports'; a desk needs less than the real thing

from collections.abc import Mapping

from bot.access.permits import Permit
from storage.records import DiscordId, EffectId


class DeskMassSafety:
    """Limits that nobody keeps."""

    @property
    def setting(self) -> "DeskMassSafety":
        return self

    @property
    def stopping(self) -> "DeskMassSafety":
        return self

    async def limit(self, permit: Permit, typed: Mapping[str, str]) -> str:
        return f"Typed: {sorted(typed)}."

    async def stop(self, actor: DiscordId, ref: EffectId) -> str:
        return "Cancelled."
