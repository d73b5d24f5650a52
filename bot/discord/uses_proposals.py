"""The use cases behind previews and their buttons."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.access.permits import ActionConfirmation
from bot.engine.commands import CommandWish
from bot.model.ports import Post
from storage.records import CommandId, DiscordId, DraftId, EffectId, Link


class ProposalUses(Protocol):
    """What members propose for whole creators: shown, confirmed once. Refusals are raised."""

    async def stage(
        self, wish: CommandWish, link: Link, feature: str, content: Mapping[str, Any]
    ) -> CommandId | None:
        """Keep what was typed before Discord is answered; None when it was kept already."""

    async def show(self, command: CommandId) -> Post:
        """Discord took the answer: the preview with its buttons."""

    async def content(self, draft: DraftId) -> Mapping[str, Any]:
        """What would be carried out for a preview that was just shown."""

    async def cancel_command(self, command: CommandId) -> None:
        """Discord did not take the answer: nothing will be done."""

    async def stage_press(self, wish: CommandWish, draft: DraftId) -> CommandId | None:
        """Keep a press before Discord is answered; None when it was kept already."""

    async def confirm(
        self, command: CommandId, yes: ActionConfirmation, typed: str | None = None
    ) -> Post | str:
        """Have it carried out, if `typed` is what it asks for; what to show in the preview's place."""

    async def other(self, command: CommandId) -> Post | str:
        """Show what the button beside [Confirm] offers; likewise."""

    async def cancel(self, command: CommandId) -> Post | str:
        """Close the preview; likewise."""

    async def details(self, note: EffectId) -> Post | str:
        """What a note is about."""


class VerdictUses(Protocol):
    """A person's word on what could not be found. Who may give it is checked before."""

    async def was(self, ref: EffectId, actor: DiscordId) -> str:
        """It took place; the answer says what is noted, or who was faster and when."""

    async def was_not(self, ref: EffectId, actor: DiscordId) -> str:
        """It did not; likewise."""
