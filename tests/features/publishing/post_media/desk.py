"""The post whose media are chosen at a desk."""

from bot.features.publishing.picker.model import Change, PickedMessage, PickerStep
from bot.features.publishing.post_media.composition import PostComposition
from bot.model.ports import MessageToFan
from tests.discord.desk import Desk, DeskServices


class DeskPostMedia:
    """`PostComposition` of a desk."""

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        return change(PickedMessage(step.ref, MessageToFan("A post")))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {PostComposition: DeskPostMedia()}
