"""The template whose media are chosen at a desk."""

from bot.features.inbox.template_media.composition import TemplateComposition
from bot.features.publishing.picker.model import PickedMessage
from bot.model.ports import MessageToFan, Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    TemplateComposition,
    begin=lambda ref: ref,
    change=lambda step, change: change(PickedMessage(step.ref, MessageToFan("Good evening"))),
    keep=Post(body=("Good evening",)),
    save=Post(body=("Saved.",)),
)
