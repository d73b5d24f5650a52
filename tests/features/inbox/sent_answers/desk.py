"""Private answers to replies, at a desk."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.features.inbox.sent_answers.service import SentAnswerService
from bot.model.ports import ORIGINAL
from storage.records import CommandId
from tests.discord.desk import Desk, DeskServices


class DeskSentAnswers:
    """`SentAnswerService` of a desk: each says at once what it says, and none goes away."""

    waits = False

    def shown(
        self,
        command: CommandId,
        application: int,
        token: str,
        *,
        message: str | None = ORIGINAL,
        unsaid: str | None = None,
    ) -> None:
        return None


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {SentAnswerService: DeskSentAnswers()}
