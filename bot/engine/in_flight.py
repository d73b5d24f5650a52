"""Attempts that are under way: here, in another process, or torn away for good.

`sending` says that bytes may be leaving. As long as the process that began it may still be at it, nobody
looks for it; when that process is gone, or has lost its attempt, it may have arrived: it becomes `unknown`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from bot.engine.retry import RetryWaits
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine import queues
from storage.records import Effect, EffectId, Stream


class WorkerCrew(Protocol):
    """The processes that carry out effects of one database."""

    @property
    def me(self) -> str:
        """The name of this process among them; a new one at each start, unless alone."""

    async def gone(self, tx: Transaction, name: str) -> bool:
        """Tell whether this one can begin, and record, nothing any more."""


class LoneWorker:
    """The crew of one: all that somebody else has begun is over."""

    me = ""

    async def gone(self, tx: Transaction, name: str) -> bool:  # noqa: ARG002 - the port's
        return True


ALONE = LoneWorker()


class InFlightAttempt:
    """One attempt of this process, from before its begin is durable until its end is."""

    def __init__(self, here: set[EffectId]) -> None:
        self._here = here
        self._mine: set[EffectId] = set()

    def begins(self, effect: Effect) -> None:
        """Say so within the transaction that begins it: the search for lost ones is in another one."""
        self._mine.add(effect.id)
        self._here.add(effect.id)

    def ends(self) -> None:
        """Nothing is under way any more."""
        self._here -= self._mine


class InFlightAttempts:
    """The sends of this process, and past ones of others."""

    def __init__(self, *, database: Database, clock: Clock, waits: RetryWaits, crew: WorkerCrew) -> None:
        self.me = crew.me
        self._database = database
        self._clock = clock
        self._waits = waits
        self._crew = crew
        self._here: set[EffectId] = set()

    def begins(self, effect: EffectId) -> None:
        """Say so within a transaction that begins it before its attempt has come: that one `begins`, too."""
        self._here.add(effect)

    @contextmanager
    def one(self) -> Iterator[InFlightAttempt]:
        """Around a begin and its attempt."""
        flight = InFlightAttempt(self._here)
        try:
            yield flight
        finally:
            flight.ends()

    async def end(self) -> list[Stream]:
        """Mark abandoned sends, which may have arrived; return the streams that can go on by looking.

        Called when a process begins, and again and again where it is not alone.
        """

        async def work(tx: Transaction) -> list[Stream]:
            now, over = self._clock.now(), []
            for one in await queues.sending(tx):
                if await self._over(tx, one.effect, one.holder):
                    await queues.recover(tx, one.effect, now=now, not_before=now + self._waits.settle[0])
                    over.append(one.stream)
            return over

        return await self._database.write(work)

    async def _over(self, tx: Transaction, effect: EffectId, holder: str) -> bool:
        if holder == self.me:
            return effect not in self._here
        return await self._crew.gone(tx, holder)

    async def elsewhere(self, effect: Effect) -> bool:
        """Whether an effect that is `sending` is in somebody's hands; when it is lost, `end` says so."""
        return not await self._database.write(lambda tx: self._over(tx, effect.id, effect.holder))
