"""The reply that is put together at a desk."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.engine.commands import CommandWish
from bot.features.inbox.reply_media.carried_media import CarriedMedia
from bot.features.inbox.reply_media.composition import ReplyComposition
from bot.features.inbox.reply_media.window_media import WindowMediaService
from bot.features.publishing.picker.model import Change, PickedMessage, PickerStep
from bot.model.ports import MessageToFan
from storage.records import CommandId, DraftId, TemplateId
from tests.discord.desk import Desk, DeskServices


class DeskComposition:
    """`ReplyComposition` of a desk."""

    async def begun(self, command: CommandId) -> DraftId | None:
        return None

    async def late(self, step: PickerStep) -> bool:
        return False

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        return change(PickedMessage(step.ref, MessageToFan("Kept back")))


class DeskCarried:
    """`WindowMediaService` of a desk: no window has media."""

    async def carried(
        self, wish: CommandWish, permit: Permit, window: DraftId, template: TemplateId | None
    ) -> CarriedMedia:
        return CarriedMedia()


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {ReplyComposition: DeskComposition(), WindowMediaService: DeskCarried()}
