"""What commands and buttons need of replies that wait."""

from typing import Protocol

from bot.access.permits import Permit
from bot.model.ports import Post
from storage.records import DiscordId, EffectId


class ReplyHoldUses(Protocol):
    """How long they wait."""

    async def hold(self, permit: Permit, seconds: int | None) -> str:
        """From now on; None: what holds."""


class ReplyCancellationUses(Protocol):
    """What can be done until then."""

    async def cancel(self, actor: DiscordId, channel: DiscordId, ref: EffectId) -> Post | str | None:
        """Take it back, or say that it was too late; None: the message stays as it is."""


class HoldingUses(Protocol):
    """Both."""

    @property
    def setting(self) -> ReplyHoldUses:
        """/inbox hold."""

    @property
    def cancelling(self) -> ReplyCancellationUses:
        """The button."""
