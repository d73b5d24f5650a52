"""The waist on SQLite: one writer that commits in groups, readers beside it, WAL."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from contextvars import Context
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite

from storage.database import Row, Value, Work
from storage.engine.group_commit import READERS, GroupedDatabase, after_all, afterwards
from storage.engine.lockfile import LockFile
from storage.engine.sqlite_connections import claim, connect, set_up_reader, set_up_writer
from storage.engine.unit_of_work import UnitOfWork, commit_together, read_once
from storage.errors import DatabaseUnreachable
from storage.records import Millis

T = TypeVar("T")

_BUSY_TIMEOUT: Millis = 5000

# Errors of the file or its surroundings, not of the statement: whatever the transaction had done by then
# cannot be trusted to be there, and SQLite itself may have rolled it back.
_FAULTS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


class SqliteDatabase(GroupedDatabase):
    """A `storage.database.Database` on one file. Made by `open`; closed once, by its owner."""

    @classmethod
    async def open(cls, path: Path, *, busy_timeout: Millis = _BUSY_TIMEOUT, room: int = 1024) -> Self:
        """Open `path`, made with its folder when missing, readable by its owner only.

        At most `room` pieces of work wait for the writer, and as many urgent ones; further callers wait to
        be let in.
        Raises DatabaseInUse when another process has it, DatabaseUnreachable when it cannot be used.
        """
        async with AsyncExitStack() as undo:
            lock = claim(path)
            undo.callback(lock.release)
            connections = []
            for setup in (set_up_writer, *(set_up_reader,) * READERS):
                connection = _SqliteConnection(
                    partial(connect, path, busy_timeout, setup), writes=setup is set_up_writer
                )
                await connection.open()
                undo.push_async_callback(connection.close)
                connections.append(connection)
            undo.pop_all()
            return cls(_SqliteEngine(connections[0], connections[1:], lock), room)

    async def keep_scratch_in_memory(self) -> None:
        """Have the writer keep there what undoes its statements: in files it was half of all bytes.

        Not before the migrations: what they sort for an index may be larger than memory.
        """
        engine = self._engine
        assert isinstance(engine, _SqliteEngine)
        await engine.writer.run(SqliteSession.keep_scratch_in_memory)


class _SqliteEngine:
    def __init__(
        self, writer: "_SqliteConnection", readers: "Sequence[_SqliteConnection]", lock: LockFile
    ) -> None:
        self.readers = readers
        self.writer = writer
        self._lock = lock

    async def commit(self, pieces: Sequence[UnitOfWork[Any]]) -> None:
        await self.writer.run(partial(commit_together, pieces=pieces))

    async def kept(self) -> None:
        await asyncio.get_running_loop().create_future()  # the system takes the lock from no living process

    def hurry(self) -> None:
        """Nothing here takes longer than the busy timeout."""

    def stop(self) -> "list[asyncio.Future[Any]]":
        # The writer last: two that close at once each take the other for one that stays, and leave the log
        # with what is not in the file yet. A copy that is then put there by hand would be read through it.
        self.writer.refuses = True
        readers = [reader.stop() for reader in self.readers]
        last = after_all(readers, lambda: afterwards(self.writer.stop(), self._lock.release))
        return [last, *readers]


class SqliteSession:
    """A connection of `sqlite3` in its own thread; see `storage.engine.unit_of_work.DatabaseSession`."""

    errors = sqlite3.Error

    def __init__(self, connection: sqlite3.Connection, *, writes: bool) -> None:
        """`writes`: its transactions take the right to write at once."""
        self._connection = connection
        self._writes = writes

    def begin(self) -> None:
        """See `Session`, as everywhere here."""
        self._connection.execute("BEGIN IMMEDIATE" if self._writes else "BEGIN")

    def run(self, sql: str, params: Mapping[str, Value]) -> tuple[list[Row], int]:
        """Every row is taken: a half-read statement would hold up the savepoint around it."""
        cursor = self._connection.execute(sql, params)
        names = [column[0] for column in cursor.description or ()]
        rows: list[Row] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return rows, cursor.rowcount  # which is right only at the end

    def keep_scratch_in_memory(self) -> None:
        self._connection.execute("PRAGMA temp_store = MEMORY")

    def mark(self) -> None:
        self._connection.execute("SAVEPOINT piece")

    def undo(self) -> None:
        self._connection.execute("ROLLBACK TO piece")

    def keep(self) -> None:
        self._connection.execute("RELEASE piece")

    def commit(self) -> None:
        self._connection.execute("COMMIT")

    def roll_back(self) -> None:
        """After some faults SQLite has done it already."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise unreachable(error) from error

    def is_fault(self, error: Exception) -> bool:
        # A reader's connection is read-only by intent, so that code means a statement that writes.
        code = getattr(error, "sqlite_errorcode", None)  # missing where Python itself raised it
        if code is None or (not self._writes and code & 0xFF == sqlite3.SQLITE_READONLY):
            return False
        return code & 0xFF in _FAULTS

    def unreachable(self, error: Exception) -> DatabaseUnreachable:
        return unreachable(error)


def unreachable(error: Exception) -> DatabaseUnreachable:
    """The error for the waiting caller; SQLite's messages name tables and columns, never values."""
    return DatabaseUnreachable(f"Nothing was stored: SQLite says “{error}”.")


class _SqliteConnection:
    """One connection of aiosqlite, in whose thread whole transactions run."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, writes: bool) -> None:
        self._connect = connect
        self._writes = writes
        self._session: SqliteSession | None = None
        self._stopping: asyncio.Future[Any] | None = None
        self.refuses = False  # it begins nothing more
        self._threaded = aiosqlite.Connection(self._remember, iter_chunk_size=64)

    def _remember(self) -> sqlite3.Connection:
        connection = self._connect()
        self._session = SqliteSession(connection, writes=self._writes)
        return connection

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

    async def read(self, work: Work[T], context: Context) -> T:
        return await self.run(partial(read_once, work=work, context=context))

    async def run(self, function: Callable[[SqliteSession], T]) -> T:
        """Run `function` in the connection's thread."""
        if self.refuses:
            raise DatabaseUnreachable("Nothing was stored: the database is closed.")
        # The one use of aiosqlite's private side. Its public methods are one hop between threads for each
        # statement; a transaction of three statements is five times faster in one hop, and no other task
        # can come between its statements. tests/storage/test_sqlite.py fails should it change.
        done: T = await self._threaded._execute(function, self._session)  # type: ignore[no-untyped-call]  # noqa: SLF001 - see above
        return done

    async def close(self) -> None:
        await asyncio.wait([self.stop()])

    def stop(self) -> "asyncio.Future[Any]":
        """Close once what was begun has ended; the future ends with the thread."""
        # Not aiosqlite's close(): when that is cancelled, nobody can tell whether its thread will end.
        self.refuses = True
        if self._stopping is None:
            self._stopping = self._threaded.stop()
            assert self._stopping is not None  # it is None only without an event loop
        return self._stopping
