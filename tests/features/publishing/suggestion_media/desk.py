"""The suggested post whose media are chosen at a desk."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Actor, Permit
from bot.features.publishing.picker.model import Change, PickedMessage, PickerStep
from bot.features.publishing.suggestion_media.composition import SuggestionComposition
from bot.model.ports import MessageToFan, Post
from storage.records import CommandId, CreatorId, DraftId
from tests.discord.desk import MILA, Desk, DeskServices


class DeskSuggestionMedia:
    """`SuggestionComposition` of a desk."""

    async def begin(self, permit: Permit, suggestion: DraftId) -> DraftId:
        return suggestion

    async def whose(self, ref: str) -> CreatorId | None:
        return MILA

    async def suggestion(self, step: PickerStep) -> DraftId:
        return step.ref

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        return change(PickedMessage(step.ref, MessageToFan("Good morning")))

    async def keep(self, step: PickerStep) -> Post:
        return Post(body=("Good morning",))

    async def save(self, command: CommandId, actor: Actor, step: PickerStep) -> Post | str:
        return "Changed."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {SuggestionComposition: DeskSuggestionMedia()}
