"""What stands between a press and very many fans; `bot.broadcast_safety` is it."""

from collections.abc import Mapping
from typing import Protocol

from bot.access.permits import Permit
from storage.records import DiscordId, EffectId


class MassLimits(Protocol):
    """Above how many recipients a mass message takes more than a press."""

    async def limit(self, permit: Permit, typed: Mapping[str, str]) -> str:
        """From now on, by the names of the options; nothing typed: what holds."""


class MassStopping(Protocol):
    """What waits for its time is taken back."""

    async def stop(self, actor: DiscordId, ref: EffectId) -> str:
        """What to say; whoever presses may send mass messages."""


class MassSafety(Protocol):
    """The use cases."""

    @property
    def setting(self) -> MassLimits:
        """The limits."""

    @property
    def stopping(self) -> MassStopping:
        """Cancel."""
