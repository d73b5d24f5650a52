"""`OneFan` of a desk: every question is Mila's, about one fan."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.engine.input_windows import InputWindowHolder
from bot.features.publishing.safety.trial_service import FanTrial, TrialSendService
from bot.model.ports import MessageToFan, Post
from storage.records import CreatorId, DiscordId, DraftId
from tests.discord.desk import MILA, Desk, DeskServices

_THREAD = DiscordId(1)


class DeskOneFan:
    """Nobody is found."""

    async def whose(self, ref: DraftId, holder: InputWindowHolder) -> CreatorId | None:
        return MILA

    async def like(self, holder: InputWindowHolder, typed: str) -> Sequence[tuple[str, str]]:
        return ()

    async def ask(self, holder: InputWindowHolder, view: str, fan: str, message: MessageToFan) -> Post | None:
        return None

    async def trial(self, ref: DraftId, holder: InputWindowHolder) -> FanTrial:
        return FanTrial("", "", _THREAD)

    async def take(self, ref: DraftId, holder: InputWindowHolder) -> None:
        return None

    async def shown(self, holder: InputWindowHolder, trial: FanTrial, said: Post | str) -> Post:
        return Post(body=(said,)) if isinstance(said, str) else said


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {TrialSendService: DeskOneFan()}
