"""Ends things whose time is over: looks for them, and ends some at a time."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.engine.supervision import BackgroundTask, periodic
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable
from storage.records import Millis

T = TypeVar("T")
_SECONDS = 30.0
_LIMIT = 120.0
_BATCH = 50

Over = Callable[[Transaction], Awaitable[Sequence[object]]]
End = Callable[[Transaction], Awaitable[int]]


async def end_all(database: Database, over: Over, end: End, *, batch: int) -> None:
    """`over`: whether anything is; `end`: ends up to `batch`, in one transaction, and says how many."""
    if not await database.read(over):
        return  # nearly always: a look must not wait for the writer
    while await database.write(end) == batch:
        pass


class ExpiryTask(ABC, Generic[T]):
    """Looks a few times a minute. All that it knows is in the database."""

    name: str  # of the task
    seconds = _SECONDS  # between two looks

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @abstractmethod
    async def over(self, tx: Transaction, *, now: Millis, limit: int) -> Sequence[T]:
        """Return what still stands after its time, the oldest first."""

    @abstractmethod
    async def end(self, tx: Transaction, one: T, *, now: Millis) -> None:
        """It ends, with what is said of that."""

    async def look(self) -> None:
        """End all that is over now."""
        now = self._clock.now()

        async def some(tx: Transaction) -> int:
            found = await self.over(tx, now=now, limit=_BATCH)
            for one in found:
                await self.end(tx, one, now=now)
            return len(found)

        await end_all(self._database, lambda tx: self.over(tx, now=now, limit=1), some, batch=_BATCH)

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that ends them; `divisor` shortens the pauses."""
        run = periodic(self.seconds / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask(self.name, run, _LIMIT)
