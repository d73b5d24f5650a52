"""The waist on SQLite: one writer that commits in groups, readers beside it, WAL."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import AsyncExitStack
from contextvars import copy_context
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite

from storage.database import Work
from storage.errors import DatabaseUnreachable
from storage.lockfile import LockFile, lock_of
from storage.pieces import Piece, commit_together, read_once
from storage.records import Millis
from storage.turns import Turns

T = TypeVar("T")

_READERS = 2
_BUSY_TIMEOUT: Millis = 5000


class SqliteDatabase:
    """A `storage.database.Database` on one file. Made by `open`; closed once, by its owner."""

    def __init__(
        self, writer: "_Connection", readers: "list[_Connection]", lock: LockFile, room: int
    ) -> None:
        """Use `open`; this only puts the parts together, inside a running loop."""
        self.commits = 0  # groups committed so far
        self._writer = writer
        self._readers = readers
        self._lock = lock
        self._turns = Turns(room)
        self._work = asyncio.Event()
        self._closing = False  # nothing more is let in
        self._closed = False
        self._idle: asyncio.LifoQueue[_Connection] = asyncio.LifoQueue()
        for reader in readers:
            self._idle.put_nowait(reader)
        self._writing = asyncio.create_task(self._write_groups(), name="database writer")

    @classmethod
    async def open(cls, path: Path, *, busy_timeout: Millis = _BUSY_TIMEOUT, room: int = 1024) -> Self:
        """Open `path`, made with its folder when missing, readable by its owner only.

        At most `room` pieces of work wait for the writer, and as many urgent ones; further callers wait to
        be let in.
        Raises DatabaseInUse when another process has it, DatabaseUnreachable when it cannot be used.
        """
        async with AsyncExitStack() as undo:
            lock = _claim(path)
            undo.callback(lock.release)
            connections = []
            for setup in (_set_up_writer, *(_set_up_reader,) * _READERS):
                connection = _Connection(partial(_connect, path, busy_timeout, setup))
                await connection.open()
                undo.push_async_callback(connection.close)
                connections.append(connection)
            undo.pop_all()
            return cls(connections[0], connections[1:], lock, room)

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        """Carry out `work` durably and alone. Its error, or a cancellation before the commit, undoes it.

        Urgent work goes before what waits. It ends, however it ends, only when the fate of `work` is decided.
        A cancellation that comes when the work's turn is over is too late to undo it. Raises
        DatabaseUnreachable when nothing was stored.
        """
        loop = asyncio.get_running_loop()  # first: a transaction that asks for another one ends here
        self._refuse_when_closing()
        await self._turns.room(urgent=urgent)
        if self._closing:
            self._turns.leave(urgent=urgent)
            self._refuse_when_closing()
        piece: Piece[T] = Piece(work, loop.create_future())
        self._turns.put(piece, urgent=urgent)
        self._work.set()
        return await piece.wait()

    async def read(self, work: Work[T]) -> T:
        """Carry out `work` on a consistent snapshot without waiting for writers; it must not write."""
        asyncio.get_running_loop()  # as in `write`
        self._refuse_when_closing()
        reader = await self._idle.get()
        try:
            return await reader.run(partial(read_once, work=work, context=copy_context()))
        finally:
            # A cancelled read may still run; the next one on this connection queues up behind it.
            self._idle.put_nowait(reader)

    async def close(self) -> None:
        """Finish what was accepted, then release the database. Closing again does nothing.

        When it is cancelled, work that has not begun is refused instead; the connections close all the same.
        """
        if self._closed:
            return
        self._closed = self._closing = True
        self._work.set()
        try:
            await asyncio.wait([self._writing])
        finally:
            # Also when cancelled: a thread that is left running keeps the process alive for ever.
            stopped = [connection.stop() for connection in (self._writer, *self._readers)]
            stopped[0].add_done_callback(lambda _: self._lock.release())
            await asyncio.wait([self._writing, *stopped])
        if not self._writing.cancelled():
            self._writing.result()  # raises what the writer itself ended with, which is a bug here

    def _refuse_when_closing(self) -> None:
        if self._closing:
            raise DatabaseUnreachable("Nothing was stored: the database is closed.")

    async def _write_groups(self) -> None:
        group: list[Piece[Any]] = []
        try:
            while self._turns or not self._closing:
                await self._work.wait()
                self._work.clear()
                while self._turns:
                    group = self._turns.group()
                    await self._commit(group)
        finally:
            # Reached with work left only when this task was cancelled or met a fault of its own.
            self._closing = True
            for piece in group:
                piece.lose()
            for piece in self._turns.clear():  # which lets in whoever waits; they find it closed
                piece.settle(DatabaseUnreachable("Nothing was stored: the database is closed."))

    async def _commit(self, group: list[Piece[Any]]) -> None:
        fault: DatabaseUnreachable | None = None
        try:
            await self._writer.run(partial(commit_together, pieces=group))
            self.commits += 1
        except DatabaseUnreachable as error:
            fault = error
        for piece in group:
            piece.settle(fault)


class _Connection:
    """One connection of aiosqlite, in whose thread whole transactions run."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._raw: sqlite3.Connection | None = None
        self._stopping: asyncio.Future[Any] | None = None
        self._threaded = aiosqlite.Connection(self._remember, iter_chunk_size=64)

    def _remember(self) -> sqlite3.Connection:
        self._raw = self._connect()
        return self._raw

    async def open(self) -> None:
        opening = asyncio.ensure_future(self._threaded)
        try:
            await asyncio.shield(opening)
        except asyncio.CancelledError:
            # Left alone, aiosqlite would forget the connection that its thread is just opening.
            await asyncio.wait([opening])
            if opening.exception() is None:
                await self.close()
            raise
        except (sqlite3.Error, OSError) as error:
            raise DatabaseUnreachable(f"The database cannot be opened: “{error}”.") from error

    async def run(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run `function` in the connection's thread."""
        if self._stopping is not None:
            raise DatabaseUnreachable("Nothing was stored: the database is closed.")
        # The one use of aiosqlite's private side. Its public methods are one hop between threads for each
        # statement; a transaction of three statements is five times faster in one hop, and no other task
        # can come between its statements. tests/storage/test_sqlite.py fails should it change.
        done: T = await self._threaded._execute(function, self._raw)  # type: ignore[no-untyped-call]  # noqa: SLF001 - see above
        return done

    async def close(self) -> None:
        await asyncio.wait([self.stop()])

    def stop(self) -> "asyncio.Future[Any]":
        """Close once what was begun has ended; the future ends with the thread."""
        # Not aiosqlite's close(): when that is cancelled, nobody can tell whether its thread will end.
        if self._stopping is None:
            self._stopping = self._threaded.stop()
            assert self._stopping is not None  # it is None only without an event loop
        return self._stopping


def _claim(path: Path) -> LockFile:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)  # SQLite gives the same to the files it makes beside it
        return LockFile(lock_of(path))
    except OSError as error:
        raise DatabaseUnreachable(f"The database cannot be opened: “{error.strerror}”.") from error


def _connect(
    path: Path, busy_timeout: Millis, set_up: Callable[[sqlite3.Connection], None]
) -> sqlite3.Connection:
    # No isolation level: every BEGIN here is written out.
    connection = sqlite3.connect(path, timeout=busy_timeout / 1000, isolation_level=None)
    try:
        connection.row_factory = _as_dict
        set_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up_writer(connection: sqlite3.Connection) -> None:
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()["journal_mode"]
    if mode != "wal":
        raise DatabaseUnreachable("The database cannot be opened: its file system allows no write-ahead log.")
    connection.execute("PRAGMA synchronous = FULL")  # NORMAL may lose what was acknowledged at a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_size_limit = 67108864")


def _set_up_reader(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON")


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
