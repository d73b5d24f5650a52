"""What somebody promised who leaves a team: the team owes it from then on."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.permits import Actor
from bot.features.inbox.promises import texts
from bot.features.inbox.promises.change_service import PromiseChangeService
from storage.database import Transaction
from storage.inbox import promises
from storage.records import CreatorId


class PromiseDeparture(Protocol):
    """Who leaves, and whose team."""

    @property
    def member(self) -> Actor:
        """Who."""

    @property
    def creator(self) -> CreatorId:
        """Whose."""


class PromiseDepartureService:
    """Nothing that was promised is lost with whoever promised it."""

    def __init__(self, changing: PromiseChangeService) -> None:
        self._changing = changing

    async def end(self, tx: Transaction, parting: PromiseDeparture) -> Sequence[str]:
        """A line for whoever gave the word; what was due already the team is reminded of."""
        owed = await promises.open_by(tx, parting.creator, parting.member.user)
        for promise in owed:
            await self._changing.left(tx, promise)
        return [texts.to_team(len(owed))] if owed else []
