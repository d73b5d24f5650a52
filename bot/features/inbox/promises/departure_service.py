"""Promises of a member who leaves a team: the team owes them from then on."""

from collections.abc import Sequence

from bot.features.inbox.promises import texts
from bot.features.inbox.promises.change_service import PromiseChangeService
from bot.features.people.offboarding.parts import TeamDeparture
from storage.database import Transaction
from storage.inbox import promises


class PromiseDepartureService:
    """Keeps the promises of a member who leaves."""

    def __init__(self, changing: PromiseChangeService) -> None:
        self._changing = changing

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """Hand them over and remind of due ones; return a line for the person who ordered it."""
        owed = await promises.open_by(tx, parting.creator, parting.member.user)
        for promise in owed:
            await self._changing.left(tx, promise)
        return [texts.to_team(len(owed))] if owed else []
