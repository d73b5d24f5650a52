"""The suggested post whose media are chosen at a desk."""

from bot.features.publishing.picker.model import PickedMessage
from bot.features.publishing.suggestion_media.composition import SuggestionComposition
from bot.model.ports import MessageToFan, Post
from tests.discord.desk import MILA
from tests.discord.desk_answers import answering

STAND_INS = answering(
    SuggestionComposition,
    begin=lambda suggestion: suggestion,
    whose=MILA,
    suggestion=lambda step: step.ref,
    change=lambda step, change: change(PickedMessage(step.ref, MessageToFan("Good morning"))),
    keep=Post(body=("Good morning",)),
    save="Changed.",
)
