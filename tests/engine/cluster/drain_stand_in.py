"""Drains that a test holds up and lets go, and a driver that runs for a while."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.engine.dispatch import StreamDriver
from storage.database import Database, Transaction
from storage.records import Millis, Stream

A, B, C = Stream("xx:a"), Stream("xx:b"), Stream("xx:c")
Drain = Callable[[Stream], Awaitable[Millis | None]]
_LIMIT = 30.0  # seconds; reached only when a test fails


@asynccontextmanager
async def driven(driver: StreamDriver, drain: Drain) -> AsyncIterator["asyncio.Task[None]"]:
    """While this lasts, the driver runs; what runs at the end of it is cancelled."""
    task = asyncio.create_task(driver.run(drain))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def waking(driver: StreamDriver, *streams: Stream) -> Callable[[Transaction], Awaitable[None]]:
    """A transaction that does nothing else."""

    async def work(tx: Transaction) -> None:
        for stream in streams:
            driver.wake(tx, stream)

    return work


class DrainRecorder:
    """Remembers what was drained; a drain ends when it may."""

    def __init__(self, *later: Millis | None) -> None:
        self.begun: list[Stream] = []
        self.ended = 0
        self.at_once = 0
        self.most = 0
        self.may_end = asyncio.Event()
        self.may_end.set()
        self._later = list(later)
        self._changed = asyncio.Event()

    async def __call__(self, stream: Stream) -> Millis | None:
        """One drain."""
        self.begun.append(stream)
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self._changed.set()
        try:
            await self.may_end.wait()
        finally:
            self.at_once -= 1
            self.ended += 1
            self._changed.set()
        return self._later.pop(0) if self._later else None

    async def until(self, number: int) -> None:
        """Return when so many drains have begun."""
        await self._until(lambda: len(self.begun) >= number)

    async def until_begun(self, stream: Stream) -> None:
        """Return when this one has been drained."""
        await self._until(lambda: stream in self.begun)

    async def until_ended(self, number: int) -> None:
        """Return when so many have come to an end."""
        await self._until(lambda: self.ended >= number)

    async def _until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(_LIMIT):
            while not reached():
                self._changed.clear()
                await self._changed.wait()


class EffectTableDrain:
    """Rows of a table that a drain takes away, as it takes effects: whatever it sees, until none is left."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.taken: list[str] = []
        self.inside: set[Stream] = set()
        self.twice = False
        self._changed = asyncio.Event()

    async def drain(self, stream: Stream) -> Millis | None:
        """Take everything that is there."""
        self.twice = self.twice or stream in self.inside
        self.inside.add(stream)
        try:
            while (row := await self._database.read(lambda tx: self._first(tx, stream))) is not None:
                await self._database.write(lambda tx, row=row: self._take(tx, row))  # type: ignore[misc]
                self.taken.append(row)
                self._changed.set()
        finally:
            self.inside.discard(stream)
        return None

    async def _first(self, tx: Transaction, stream: Stream) -> str | None:
        found = await tx.one("SELECT id FROM laid WHERE stream = :stream ORDER BY id LIMIT 1", stream=stream)
        return str(found["id"]) if found else None

    async def _take(self, tx: Transaction, row: str) -> None:
        await tx.execute("DELETE FROM laid WHERE id = :row", row=row)

    async def made(self) -> None:
        """Have the table."""
        await self._database.write(
            lambda tx: tx.execute("CREATE TABLE laid (id TEXT PRIMARY KEY, stream TEXT NOT NULL)")
        )

    async def lay(self, driver: StreamDriver, stream: Stream, row: str) -> None:
        """Add a row and wake its stream in the same transaction."""

        async def work(tx: Transaction) -> None:
            await tx.execute("INSERT INTO laid (id, stream) VALUES (:row, :stream)", row=row, stream=stream)
            driver.wake(tx, stream)

        await self._database.write(work)

    async def until(self, number: int) -> None:
        """Return when so many were taken."""
        async with asyncio.timeout(2 * _LIMIT):
            while len(self.taken) < number:
                self._changed.clear()
                await self._changed.wait()

    async def left(self) -> list[str]:
        """What nobody has taken."""
        rows = await self._database.read(lambda tx: tx.all("SELECT id FROM laid ORDER BY id"))
        return [str(row["id"]) for row in rows]
