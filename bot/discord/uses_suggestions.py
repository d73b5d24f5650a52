"""What commands need of suggested posts."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.access.permits import ActionConfirmation, Actor, Permit
from bot.engine.commands import CommandWish
from bot.model.ports import Post
from storage.records import CommandId, DraftId


class SuggestionList(Protocol):
    """Posts that wait. Whether somebody may publish, or draft, was asked before."""

    async def first(self, permits: Sequence[Permit]) -> Post:
        """The one that waits longest for a manager; or that none does."""

    async def mine(self, permits: Sequence[Permit], ref: DraftId | None = None) -> Post:
        """One that this person suggested: the newest, or the one after this."""


class SuggestionDeciding(Protocol):
    """What managers, and its writer, decide; once."""

    async def approve(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        """It is published."""

    async def refuse(self, command: CommandId, actor: Actor) -> Post | str:
        """It is not."""

    async def take_back(self, command: CommandId, actor: Actor) -> Post | str:
        """Its writer does not want it."""

    async def give_back(self, command: CommandId, actor: Actor) -> Post | str:
        """Its writer has it again."""


class SuggestionRewriting(Protocol):
    """What is pressed and typed about one. Refusals are raised."""

    async def stage(
        self, wish: CommandWish, ref: DraftId, body: Mapping[str, Any] | None = None
    ) -> CommandId | None:
        """Keep it before Discord is answered; None when it was kept already."""

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: nothing is done."""

    async def window(self, actor: Actor, ref: DraftId) -> Mapping[str, str]:
        """What stands in the window."""

    async def edit(self, command: CommandId, actor: Actor) -> Post | str:
        """What was typed there is its next version."""

    async def again(self, command: CommandId, actor: Actor) -> Post | str:
        """What was returned waits for a manager again."""


class SuggestionUses(Protocol):
    """The use cases."""

    @property
    def listing(self) -> SuggestionList:
        """What waits."""

    @property
    def deciding(self) -> SuggestionDeciding:
        """Publish, refuse, return, take back."""

    @property
    def rewriting(self) -> SuggestionRewriting:
        """Edit."""
