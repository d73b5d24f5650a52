"""A desk's approving: one reply waits, and every word counts."""

from bot.features.inbox.approvals.decision_service import ApprovalDecisionService
from bot.features.inbox.approvals.list_service import ApprovalListService, ApprovalPage
from bot.model.ports import MessageToFan, Post
from storage.records import CommandId
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""

    def _done(command: CommandId, words: str) -> ApprovalPage:
        desk.kept[command].state = "accepted"
        return ApprovalPage(Post(body=(words,)))

    return answering(
        ApprovalDecisionService,
        ApprovalListService,
        page=ApprovalPage(Post(body=("A reply waits.",))),
        opened=ApprovalPage(Post(body=("It waits.",))),
        window=MessageToFan("Held"),
        stage=lambda wish: desk.keep(wish, "review.press"),
        stage_own=lambda wish: desk.keep(wish, "review.press"),
        approve=lambda command: _done(command, "Approved."),
        edit=lambda command: _done(command, "Edited."),
        give_back=lambda command: _done(command, "Returned."),
        take_back=lambda command: _done(command, "Taken back."),
    )
