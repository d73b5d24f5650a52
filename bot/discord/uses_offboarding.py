"""What /team remove needs; `bot.features.people.offboarding` is it."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.permits import ActionConfirmation, Actor
from bot.engine.commands import CommandWish
from bot.model.ports import Post
from storage.records import CommandId, CreatorId, DiscordId, DraftId


class OffboardingUses(Protocol):
    """Takes somebody out of a team. That `by` manages the teams was asked before."""

    async def ask(
        self, by: Actor, member: Actor, mine: Sequence[CreatorId], *, named: bool, bypasses: bool
    ) -> Post | str:
        """The question, or why not. `bypasses`: no channel can be closed to them."""

    async def concerns(self, ref: str) -> Sequence[CreatorId]:
        """The creators that a question is about; none for a button that belongs to none."""

    async def stage(self, wish: CommandWish, ref: DraftId) -> CommandId | None:
        """Keep a press before Discord is answered; None when it was kept already."""

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: nobody is removed."""

    async def confirm(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        """Do it; what to show."""

    async def close_anew(self, creator: CreatorId, guild: DiscordId) -> None:
        """A creator may have new channels: close them to whoever is kept out."""

    async def keep(self, ref: DraftId, by: DiscordId) -> str:
        """Do not; likewise."""
