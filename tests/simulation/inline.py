"""SQLite without threads: what it does beside the loop is done in turn."""

import asyncio
import random
import sqlite3
from collections.abc import Callable, Generator
from typing import Any, Self

from storage.engine.sqlite import SqliteSession
from tests.simulation.lives import LIFE

_COMMIT = 0.0008  # seconds that a piece of work takes, about


class Disk:
    """How long it takes, and whether there is room on it."""

    def __init__(self, rng: random.Random) -> None:
        self.full = False
        self.refused = 0
        self._rng = rng

    async def turn(self) -> None:
        """Until it has its turn."""
        await asyncio.sleep(_COMMIT * (0.2 + self._rng.random()))

    def refuses(self, session: SqliteSession) -> bool:
        """Whether this work meets a full disk; whoever only reads does not notice."""
        refused = self.full and session._writes
        self.refused += refused
        return refused


class Full(sqlite3.OperationalError):
    """What SQLite says then."""

    sqlite_errorcode = sqlite3.SQLITE_FULL
    sqlite_errorname = "SQLITE_FULL"


class FullSession(SqliteSession):
    """A session that cannot begin anything."""

    def begin(self) -> None:
        raise Full("database or disk is full")


class InlineConnection:
    """What `storage.engine.sqlite` uses of an `aiosqlite.Connection`, without its thread."""

    disk: Disk

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:  # noqa: ARG002 - as aiosqlite's
        self._connector = connector
        self._connection: sqlite3.Connection | None = None

    def __await__(self) -> Generator[Any, None, Self]:
        return self._connect().__await__()

    async def _connect(self) -> Self:
        self._connection = self._connector()
        if (life := LIFE.get()) is not None:
            life.at_end(self._close)
        return self

    def stop(self) -> asyncio.Future[None]:
        """Close it; the future ends a turn later."""
        self._close()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def _execute(self, function: Callable[[SqliteSession], Any], session: SqliteSession) -> Any:
        await self.disk.turn()
        if self._connection is None:
            raise ValueError("Connection closed")
        if self.disk.refuses(session):
            return function(FullSession(self._connection, writes=True))
        return function(session)
