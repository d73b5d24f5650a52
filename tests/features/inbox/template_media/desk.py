"""The template whose media are chosen at a desk."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.features.inbox.template_media.composition import TemplateComposition
from bot.features.publishing.picker.model import Change, PickedMessage, PickerStep
from bot.model.ports import MessageToFan, Post
from bot.relay.message_template import TypedTemplate
from bot.text.rejected_input import RejectedInput
from storage.records import DraftId
from tests.discord.desk import Desk, DeskServices


class DeskTemplateMedia:
    """`TemplateComposition` of a desk."""

    async def begin(self, permit: Permit, ref: DraftId, typed: TypedTemplate) -> DraftId | RejectedInput:
        return ref

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        return change(PickedMessage(step.ref, MessageToFan("Good evening")))

    async def keep(self, permit: Permit, ref: DraftId) -> Post:
        return Post(body=("Good evening",))

    async def save(self, permit: Permit, ref: DraftId) -> Post:
        return Post(body=("Saved.",))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {TemplateComposition: DeskTemplateMedia()}
