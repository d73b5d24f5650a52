"""Suggested posts of a desk: one waits, and every press is answered."""
# ruff: noqa: ARG002 -- a desk is asked what the real thing is asked

from collections.abc import Mapping, Sequence
from typing import Any

from bot.access.permits import ActionConfirmation, Actor, Permit
from bot.engine.commands import CommandWish
from bot.features.publishing.suggestions.decision_service import SuggestionDecisionService
from bot.features.publishing.suggestions.edit_service import SuggestionEditService
from bot.features.publishing.suggestions.list_service import SuggestionListService
from bot.model.ports import Post
from storage.records import CommandId, DraftId
from tests.discord.desk import Desk, DeskServices


class DeskSuggestions:
    """`Suggestions` of a desk; all parts in one."""

    async def first(self, permits: Sequence[Permit]) -> Post:
        return Post(body=("No suggested post is waiting for you.",))

    async def mine(self, permits: Sequence[Permit], ref: DraftId | None = None) -> Post:
        return Post(body=("You have no suggested post waiting.",))

    async def stage(
        self, wish: CommandWish, ref: DraftId, body: Mapping[str, Any] | None = None
    ) -> CommandId | None:
        return CommandId(f"suggested {wish.interaction}")

    async def cancel(self, command: CommandId) -> None:
        """Nothing is kept here."""

    async def window(self, actor: Actor, ref: DraftId) -> Mapping[str, str]:
        return {
            "text": "Good morning",
            "price": "",
            "audience": "subscribers only",
            "when": "",
            "expires": "",
        }

    async def approve(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        return "Published."

    async def refuse(self, command: CommandId, actor: Actor) -> Post | str:
        return "Refused."

    async def take_back(self, command: CommandId, actor: Actor) -> Post | str:
        return "Taken back."

    async def give_back(self, command: CommandId, actor: Actor) -> Post | str:
        return "Returned."

    async def edit(self, command: CommandId, actor: Actor) -> Post | str:
        return "Changed."

    async def again(self, command: CommandId, actor: Actor) -> Post | str:
        return "Put up."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskSuggestions()
    return {SuggestionDecisionService: one, SuggestionEditService: one, SuggestionListService: one}
