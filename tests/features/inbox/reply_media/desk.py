"""The reply that is put together at a desk."""

from bot.features.inbox.reply_media.carried_media import CarriedMedia
from bot.features.inbox.reply_media.composition import ReplyComposition
from bot.features.inbox.reply_media.window_media import WindowMediaService
from bot.features.publishing.picker.model import PickedMessage
from bot.model.ports import MessageToFan
from tests.discord.desk_answers import answering

STAND_INS = answering(
    ReplyComposition,
    begun=None,
    late=False,
    change=lambda step, change: change(PickedMessage(step.ref, MessageToFan("Kept back"))),
) | answering(WindowMediaService, carried=CarriedMedia())
