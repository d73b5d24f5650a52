"""The post whose media are chosen at a desk."""

from bot.features.publishing.picker.model import PickedMessage
from bot.features.publishing.post_media.composition import PostComposition
from bot.model.ports import MessageToFan
from tests.discord.desk_answers import answering

STAND_INS = answering(
    PostComposition, change=lambda step, change: change(PickedMessage(step.ref, MessageToFan("A post")))
)
