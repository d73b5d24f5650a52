"""`Proposals` and `Verdicts` of a desk: every preview is the same."""

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.features.publishing.proposals.service import ProposalService
from bot.features.publishing.proposals.verdict_service import ProposalVerdictService
from bot.model.ports import Button, Post
from storage.records import DraftId
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""

    def confirm(yes: ActionConfirmation) -> Post | str:
        posts = (Action.POST, Action.POST_ASK, Action.POST_CHANGE)
        yes.question(Action.MASS, *posts, Action.TRACKING_CHANGE)
        return "Confirmed."

    return answering(
        ProposalService,
        stage=lambda wish, feature: desk.keep(wish, f"{feature}.propose"),
        show=Post(body=("A preview.",), buttons=(Button("propose.yes", DraftId("ref"), "Confirm"),)),
        content={},
        stage_press=lambda wish: desk.keep(wish, "press"),
        confirm=confirm,
        instead="Another preview.",
        other="Another one.",
        cancel="Cancelled.",
        details="Details.",
    ) | answering(ProposalVerdictService, was="It was.", was_not="It was not.")
