"""Holds facts after a start or a gap, where several processes share the work."""

from collections.abc import Callable

from bot.engine.catch_up_hold import ripe
from bot.engine.dispatch import Dispatch
from bot.engine.retry import RetryWaits
from bot.engine.streams import facts_stream
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine import catch_up
from storage.records import CreatorId, Fact, Millis


class SharedCatchUpHold:
    """See `bot.engine.catch_up_hold.CatchUpHold`: one sweeps, another hears what comes, a third decides."""

    def __init__(self, *, database: Database, dispatch: Dispatch, clock: Clock, waits: RetryWaits) -> None:
        self._database = database
        self._dispatch = dispatch
        self._clock = clock
        self._waits = waits
        self.on_return: Callable[[CreatorId], None] = lambda _creator: None  # never called: see `returned`

    async def begin(self, creator: CreatorId) -> None:
        """See `Holding`, as everywhere here."""
        await self._database.write(lambda tx: catch_up.begin(tx, creator, wait=self._waits.catch_up))

    async def over(self, creator: CreatorId) -> None:
        async def work(tx: Transaction) -> None:
            if await catch_up.over(tx, creator, calm=self._waits.calm):
                self._dispatch.wake(tx, facts_stream(creator))

        await self._database.write(work)

    async def silent(self, tx: Transaction, creator: CreatorId) -> None:
        await catch_up.silent(tx, creator)

    async def heard(self, tx: Transaction, creator: CreatorId) -> None:
        await catch_up.heard(tx, creator, wait=self._waits.catch_up)

    async def returned(self) -> list[CreatorId]:
        found = await self._database.read(catch_up.returned)
        for creator in found:
            await self._database.write(lambda tx, one=creator: catch_up.noted(tx, one))  # type: ignore[misc]
        return found

    async def held_until(self, fact: Fact) -> Millis | None:
        until, calm = await self._database.read(lambda tx: catch_up.left(tx, fact.creator))
        now = self._clock.now()
        if until is not None:
            if until > 0:
                return now + until
            await self._database.write(lambda tx: catch_up.over(tx, fact.creator, calm=self._waits.calm))
            calm = self._waits.calm
        if calm is None or calm <= 0:
            return None
        return ripe(fact, now=now, hold=self._waits.hold)
