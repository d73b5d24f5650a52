"""What somebody promised who leaves a team: the team owes it from then on."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.permits import Actor
from bot.promises import wording
from bot.promises.changing import Changing
from storage.database import Transaction
from storage.inbox import promises
from storage.records import CreatorId


class Goes(Protocol):
    """Who leaves, and whose team."""

    @property
    def member(self) -> Actor:
        """Who."""

    @property
    def creator(self) -> CreatorId:
        """Whose."""


class Leaving:
    """Nothing that was promised is lost with whoever promised it."""

    def __init__(self, changing: Changing) -> None:
        self._changing = changing

    async def end(self, tx: Transaction, parting: Goes) -> Sequence[str]:
        """A line for whoever gave the word; what was due already the team is reminded of."""
        owed = await promises.open_by(tx, parting.creator, parting.member.user)
        for promise in owed:
            await self._changing.left(tx, promise)
        return [wording.to_team(len(owed))] if owed else []
