"""The waist on any engine: groups in one commit, turns, readers, a clean end."""

import asyncio
from collections.abc import Callable, Sequence
from contextvars import Context, copy_context
from typing import Any, Protocol, TypeVar

from storage.database import Work
from storage.engine.unit_of_work import UnitOfWork
from storage.engine.write_queue import OTHERS, PATIENT, URGENT, WriteQueue, is_patient
from storage.engine.write_watch import note_write
from storage.errors import DatabaseUnreachable

T = TypeVar("T")

READERS = 2


class EngineReader(Protocol):
    """A connection for reading, used by one caller at a time."""

    async def read(self, work: Work[T], context: Context) -> T:
        """Carry out `work` on one snapshot."""


class DatabaseEngine(Protocol):
    """One kind of database: a connection that writes, and some that read."""

    @property
    def readers(self) -> Sequence[EngineReader]:
        """The connections for reading."""

    async def commit(self, pieces: Sequence[UnitOfWork[Any]]) -> None:
        """Carry the pieces out and commit them together.

        Raises DatabaseUnreachable when surely nothing was stored; after any other error nobody knows.
        """

    async def kept(self) -> None:
        """As `GroupedDatabase` promises."""

    def hurry(self) -> None:
        """The database is being closed: do not wait for long any more."""

    def stop(self) -> "Sequence[asyncio.Future[Any]]":
        """Let everything go, once what was begun has ended; the futures end with it."""


class GroupedDatabase:
    """A `storage.database.Database` on an engine. Closed once, by its owner."""

    def __init__(self, engine: DatabaseEngine, room: int) -> None:
        """At most `room` pieces of work wait, and as many urgent ones; call it inside a running loop."""
        self.commits = 0  # groups committed so far
        self.patience = 0.0  # seconds for which patient work waits for others' commits, at most
        self._engine = engine
        self._turns = WriteQueue(room)
        self._work = asyncio.Event()
        self._closing = False  # nothing more is let in
        self._closed = False
        self._idle: asyncio.LifoQueue[EngineReader] = asyncio.LifoQueue()
        for reader in engine.readers:
            self._idle.put_nowait(reader)
        self._writing = asyncio.create_task(self._write_groups(), name="database writer")

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        """Carry out `work` durably and alone. Its error, or a cancellation before the commit, undoes it.

        Urgent work goes before what waits. It ends, however it ends, only when the fate of `work` is decided.
        A cancellation that comes when the work's turn is over is too late to undo it. Raises
        DatabaseUnreachable when nothing was stored.
        """
        loop = asyncio.get_running_loop()  # first: a transaction that asks for another one ends here
        self._refuse_when_closing()
        line = URGENT if urgent else PATIENT if self.patience and is_patient() else OTHERS
        await self._turns.room(line)
        if self._closing:
            self._turns.leave(line)
            self._refuse_when_closing()
        piece: UnitOfWork[T] = UnitOfWork(work, loop.create_future())
        self._turns.put(piece, line)
        self._work.set()
        if line == PATIENT:
            loop.call_later(self.patience, self._ripen)
        try:
            result = await piece.wait()
        except asyncio.CancelledError:
            note_write()  # it may have come too late to undo the work
            raise
        note_write()
        return result

    async def read(self, work: Work[T]) -> T:
        """Carry out `work` on a consistent snapshot without waiting for writers; it must not write."""
        asyncio.get_running_loop()  # as in `write`
        self._refuse_when_closing()
        reader = await self._idle.get()
        try:
            return await reader.read(work, copy_context())
        finally:
            # A cancelled read may still run; the next one on this connection queues up behind it.
            self._idle.put_nowait(reader)

    async def kept(self) -> None:
        """Last as long as the database is this process's own; ends only by raising what ended that.

        Raises DatabaseInUse when another process has it now, or had it meanwhile.
        """
        keeping = asyncio.ensure_future(self._engine.kept())
        try:
            await asyncio.wait({keeping, self._writing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            keeping.cancel()
            await asyncio.wait({keeping})
        if not keeping.cancelled():
            keeping.result()
        self._writing.result()  # without a writer nobody has anything

    async def close(self) -> None:
        """Finish what was accepted, then release the database. Closing again does nothing.

        When it is cancelled, work that has not begun is refused instead; the connections close all the same.
        """
        if self._closed:
            return
        self._closed = self._closing = True
        self._ripen()
        self._engine.hurry()
        try:
            await asyncio.wait([self._writing])
        finally:
            # Also when cancelled: a thread that is left running keeps the process alive for ever.
            await asyncio.wait([self._writing, *self._engine.stop()])
        if not self._writing.cancelled():
            self._writing.result()  # raises what the writer itself ended with

    def _refuse_when_closing(self) -> None:
        if self._closing:
            raise DatabaseUnreachable("Nothing was stored: the database is closed.")

    def _ripen(self) -> None:
        self._turns.ripen()
        self._work.set()

    async def _write_groups(self) -> None:
        group: list[UnitOfWork[Any]] = []
        try:
            while self._turns or not self._closing:
                await self._work.wait()
                self._work.clear()
                while self._turns:
                    group = self._turns.group()
                    await self._commit(group)
        finally:
            # Reached with work left only when this task was cancelled, met a fault of its own, or when
            # nobody can say how a commit ended.
            self._closing = True
            for piece in group:
                piece.lose()
            for piece in self._turns.clear():  # which lets in whoever waits; they find it closed
                piece.settle(DatabaseUnreachable("Nothing was stored: the database is closed."))

    async def _commit(self, group: list[UnitOfWork[Any]]) -> None:
        fault: DatabaseUnreachable | None = None
        try:
            await self._engine.commit(group)
            self.commits += 1
        except DatabaseUnreachable as error:
            fault = error
        for piece in group:
            piece.settle(fault)


def after_all(
    futures: "Sequence[asyncio.Future[Any]]", begin: "Callable[[], asyncio.Future[Any]]"
) -> "asyncio.Future[Any]":
    """Ends when what `begin` gives ends, which begins once all of these have; there is no task to cancel."""
    over, left = asyncio.get_running_loop().create_future(), [*futures]

    def end() -> None:
        if not over.done():
            over.set_result(None)

    def one_less(future: "asyncio.Future[Any]") -> None:
        left.remove(future)
        if not left:
            afterwards(begin(), end)

    for future in futures:
        future.add_done_callback(one_less)
    return over


def afterwards(future: "asyncio.Future[Any]", call: Callable[[], None]) -> "asyncio.Future[Any]":
    """The same future; `call` is called when it ends."""
    future.add_done_callback(lambda _: call())
    return future
