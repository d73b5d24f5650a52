"""The waist on PostgreSQL: lost connections, and commits whose answer was lost.

Every connection has a thread of its own, in which whole transactions run, as on SQLite. A lost
connection is opened again when it is needed next, at growing intervals. Work lost before COMMIT was never
stored. Work lost during COMMIT is looked up before anybody is told: each commit carries a number.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from contextvars import Context
from functools import partial
from typing import Any, Self, TypeVar

from storage.database import Work
from storage.engine import connections, database_owner
from storage.engine.connections import PAUSES, ConnectionThread
from storage.engine.database_owner import SoleOwnership, Tenure
from storage.engine.group_commit import READERS, GroupedDatabase
from storage.engine.postgres_server import PostgresConnection, PostgresServer
from storage.engine.postgres_session import SNAPSHOT, CommitInDoubt, PostgresSession, WriterSuperseded
from storage.engine.unit_of_work import UnitOfWork, commit_together, read_once
from storage.errors import DatabaseInUse, DatabaseUnreachable, FateUnknown

T = TypeVar("T")

_PATIENCE = 10.0  # seconds that a close waits to hear how the last commit ended


class PostgresDatabase(GroupedDatabase):
    """A `storage.database.Database` on a PostgreSQL server. Made by `open`; closed once, by its owner."""

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        token: str,
        tenure: Tenure | None = None,
        room: int = 1024,
        patience: float = _PATIENCE,
    ) -> Self:
        """Open the database that `url` names, alone or as `tenure` says; `token` is different at each call.

        At most `room` pieces of work wait for the writer, and as many urgent ones; further callers wait to
        be let in.
        Raises DatabaseInUse when another process has it, DatabaseUnreachable when it cannot be used.
        """
        server, held = PostgresServer(url), tenure or SoleOwnership(token)
        async with AsyncExitStack() as undo:
            lines = []
            for part in ("owner", "writer", *(f"reader{number}" for number in range(READERS))):
                line = ConnectionThread(partial(connections.connect, server, held, part))
                undo.push_async_callback(connections.ended, line)
                await line.run(connections.ask)
                lines.append(line)
            keeper, writer, *readers = lines
            await writer.run(partial(connections.guarded, function=held.begin))
            writer.connect = partial(connections.resume, server, held)
            undo.pop_all()
            return cls(
                _PostgresEngine(keeper, writer, [_PostgresReader(line) for line in readers], held, patience),
                room,
            )


class _PostgresEngine:
    def __init__(
        self,
        keeper: ConnectionThread,
        writer: ConnectionThread,
        readers: "list[_PostgresReader]",
        tenure: Tenure,
        patience: float,
    ) -> None:
        self.readers = readers
        self._keeper = keeper
        self._writer = writer
        self._tenure = tenure
        self._patience = patience
        self._number = self._newest = 0
        self._known: set[str] = set()  # as many as the program has statements
        self._hurry = asyncio.Event()
        self._taken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def commit(self, pieces: Sequence[UnitOfWork[Any]]) -> None:
        number = self._number = self._number + 1  # never used twice, however a commit ends
        begins = self._tenure.begins(number, newest=self._newest)
        commit = partial(_commit, pieces=pieces, begins=begins, known=self._known)
        try:
            try:
                await self._writer.run(commit)
            except _TransactionNotBegun:
                await self._writer.run(commit)
        except CommitInDoubt:
            if not await self._stored(number):
                raise DatabaseUnreachable(
                    "Nothing was stored: the connection to PostgreSQL was lost during the commit."
                ) from None
        except DatabaseInUse as error:
            self._end(error)
            raise DatabaseUnreachable(f"Nothing was stored: {error}") from error
        self._newest = number

    async def kept(self) -> None:
        while True:
            try:
                await self._keeper.run(partial(connections.guarded, function=self._tenure.beat))
            except DatabaseUnreachable:
                pass  # tried again; whoever writes meanwhile hears of it
            except DatabaseInUse:
                if not self._tenure.alone:
                    raise
                # Another process may have the first lock. As long as ours is the second, it cannot begin.
                with suppress(DatabaseUnreachable):
                    await self._writer.run(connections.ask)
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._taken), self._tenure.rest)

    def hurry(self) -> None:
        self._hurry.set()

    def stop(self) -> "list[asyncio.Future[Any]]":
        self._taken.cancel()
        lines = [self._writer, *(reader.line for reader in self.readers)]
        return [*(line.stop() for line in lines), self._keeper.stop(self._tenure.leave)]

    async def _stored(self, number: int) -> bool:
        """Whether commit `number` came to be. Raises FateUnknown when that cannot be found out."""
        ends: float | None = None
        while True:
            try:
                # A new connection has the lock only when the session of the old one is over, so that
                # what it says is final.
                return (
                    await self._writer.run(partial(connections.guarded, function=self._tenure.newest_commit))
                    == number
                )
            except DatabaseInUse as error:
                self._end(error)
                raise FateUnknown(f"It is not known what was stored last: {error}") from error
            except DatabaseUnreachable as error:
                if self._hurry.is_set():
                    ends = ends or time.monotonic() + self._patience
                if ends is not None and time.monotonic() >= ends:
                    raise FateUnknown(f"It is not known what was stored last: {error}") from error
            await asyncio.sleep(PAUSES[1])

    def _end(self, error: DatabaseInUse) -> None:
        if not self._taken.done():
            self._taken.set_exception(error)
            self._taken.exception()  # nobody may be waiting for it


class _PostgresReader:
    def __init__(self, line: ConnectionThread) -> None:
        self.line = line
        self._known: set[str] = set()  # see `_Engine`

    async def read(self, work: Work[T], context: Context) -> T:
        reading = partial(_read, work=work, context=context, known=self._known)
        try:
            return await self.line.run(reading)
        except _TransactionNotBegun:
            return await self.line.run(reading)


class _TransactionNotBegun(DatabaseUnreachable):
    """Raised when the connection had been lost before: no piece of work has run yet."""


def _commit(
    connection: PostgresConnection, pieces: Sequence[UnitOfWork[Any]], begins: str, known: set[str]
) -> None:
    session = PostgresSession(connection, begins=begins, writes=True, known=known)
    try:
        _begun(session, lambda: commit_together(session, pieces))
    except WriterSuperseded:
        raise DatabaseInUse(database_owner.MEANWHILE) from None


def _read(connection: PostgresConnection, work: Work[T], context: Context, known: set[str]) -> T:
    session = PostgresSession(connection, begins=SNAPSHOT, writes=False, known=known)
    return _begun(session, lambda: read_once(session, work, context))


def _begun(session: PostgresSession, function: Callable[[], T]) -> T:
    try:
        return function()
    except DatabaseUnreachable as error:
        if session.lost and not session.begun:
            raise _TransactionNotBegun(*error.args) from error
        raise
