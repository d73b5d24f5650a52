"""`Composing` of a desk: one draft of Mila's, which is everybody's."""

from bot.features.publishing.drafts.composition import DraftComposition
from bot.features.publishing.drafts.model import DraftContent
from bot.features.publishing.drafts.service import DraftService
from bot.features.publishing.drafts.texts import DraftScreen
from bot.features.publishing.picker.model import PickedMessage
from bot.model.ports import MessageToFan, Post
from tests.discord.desk import MILA
from tests.discord.desk_answers import answering


def _said(sentence: str) -> DraftScreen:
    return DraftScreen(Post(body=(sentence,)))


STAND_INS = answering(
    DraftService,
    whose=MILA,
    open=_said("A draft."),
    go_on=_said("The draft."),
    anew=_said("A new draft."),
    drop=_said("Discarded."),
    written=DraftContent(),
    choose=_said("Chosen."),
    find=_said("Found."),
    write=_said("Written."),
    time=_said("Timed."),
    templates=_said("Templates."),
    fill=_said("Filled."),
    vault=_said("The vault."),
    items=_said("Items."),
    leaving=_said("Who is left out."),
    leave=_said("Left out."),
    ready={},
    before="",
    look=None,
    say=_said,
) | answering(
    DraftComposition, change=lambda step, change: change(PickedMessage(step.ref, MessageToFan("hello")))
)
