"""What stands between a press and very many fans."""

from collections.abc import Mapping
from typing import Protocol

from bot.access.permits import ActionConfirmation, Actor, Permit
from bot.engine.commands import CommandWish
from bot.model.ports import Post
from storage.records import CommandId, DiscordId, DraftId, EffectId


class MassLimitUses(Protocol):
    """What a mass message takes beside a press; or its cap, and which conversation is live."""

    async def set(self, permit: Permit, typed: Mapping[str, str]) -> str:
        """From now on, by the names of the options; nothing typed: what holds."""


class MassStopping(Protocol):
    """What waits for its time is taken back."""

    async def stop(self, actor: DiscordId, ref: EffectId) -> str:
        """What to say; whoever presses may send mass messages."""


class MassSeconding(Protocol):
    """A second person's word on what a first one has confirmed. Refusals are raised."""

    async def look(self, actor: Actor, ref: DraftId) -> Post | str:
        """All of it."""

    async def stage(self, wish: CommandWish, ref: DraftId) -> CommandId | None:
        """Keep a press before Discord is answered; None when it was kept already."""

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: nothing is done."""

    async def approve(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        """It leaves, once; what to show."""

    async def refuse(self, command: CommandId, actor: Actor) -> Post | str:
        """It does not; likewise."""


class MassSafetyUses(Protocol):
    """The use cases."""

    @property
    def setting(self) -> MassLimitUses:
        """The limits."""

    @property
    def stopping(self) -> MassStopping:
        """Cancel."""

    @property
    def seconding(self) -> MassSeconding:
        """The second person."""


class QuietHoursUses(Protocol):
    """Between which times a mass message asks once more."""

    async def set(self, permit: Permit, typed: str | None) -> str:
        """From now on; nothing typed: what holds."""
