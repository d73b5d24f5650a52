"""A connection in a thread of its own, opened again when it was lost."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from storage.engine.database_owner import Tenure
from storage.engine.postgres_server import PostgresConnection, PostgresServer
from storage.engine.postgres_session import PostgresSession
from storage.errors import DatabaseUnreachable

T = TypeVar("T")

PAUSES = (0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # seconds between two tries to connect


class ConnectionThread:
    """One connection in a thread of its own, opened again when it was lost."""

    def __init__(self, connect: Callable[[], PostgresConnection]) -> None:
        self.connect = connect
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="postgres")
        self._connection: PostgresConnection | None = None
        self._failed = 0
        self._not_before = 0.0
        self._last: DatabaseUnreachable | None = None
        self._stopping: asyncio.Future[Any] | None = None

    async def run(self, function: Callable[[PostgresConnection], T]) -> T:
        """Run `function` in the thread. Raises DatabaseUnreachable when there is no connection."""
        if self._stopping is not None:
            raise DatabaseUnreachable("Nothing was stored: the database is closed.")
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._with, function)

    def stop(self, last: Callable[[PostgresConnection], None] | None = None) -> "asyncio.Future[Any]":
        """Close once what was begun has ended; the future ends with the thread's work.

        `last` is carried out before, where there is a connection.
        """
        if self._stopping is None:
            close = partial(self._close, last)
            self._stopping = asyncio.get_running_loop().run_in_executor(self._threads, close)
            self._threads.shutdown(wait=False)
        return self._stopping

    def _with(self, function: Callable[[PostgresConnection], T]) -> T:
        if self._connection is None or self._connection.closed:
            self._connection = self._connected()
        return function(self._connection)

    def _connected(self) -> PostgresConnection:
        if self._last is not None and time.monotonic() < self._not_before:
            raise DatabaseUnreachable(*self._last.args)
        try:
            connection = self.connect()
        except DatabaseUnreachable as error:
            pause = PAUSES[min(self._failed, len(PAUSES) - 1)]
            self._failed, self._last, self._not_before = self._failed + 1, error, time.monotonic() + pause
            raise
        self._failed, self._last = 0, None
        return connection

    def _close(self, last: Callable[[PostgresConnection], None] | None) -> None:
        if self._connection is None:
            return
        try:
            if last is not None and not self._connection.closed:
                guarded(self._connection, last)
        except DatabaseUnreachable:
            pass  # whoever is there notices by itself, a little later
        finally:
            self._connection.close()


async def ended(line: ConnectionThread) -> None:
    await asyncio.wait([line.stop()])


def connect(server: PostgresServer, tenure: Tenure, part: str) -> PostgresConnection:
    connection = server.connect(tenure.name(part))
    try:
        guarded(connection, partial(tenure.hold, part=part))
    except BaseException:
        connection.close()
        raise
    return connection


def resume(server: PostgresServer, tenure: Tenure) -> PostgresConnection:
    """Open the writer's connection again, unless somebody else has begun since."""
    connection = connect(server, tenure, "writer")
    try:
        guarded(connection, tenure.newest_commit)
    except BaseException:
        connection.close()
        raise
    return connection


def ask(connection: PostgresConnection) -> None:
    guarded(connection, lambda there: there.execute(b"SELECT 1"))


def guarded(connection: PostgresConnection, function: Callable[[PostgresConnection], T]) -> T:
    """Run `function`, turning foreign errors into ours; a connection that had one is not used again."""
    try:
        return function(connection)
    except PostgresSession.errors as error:
        connection.close()
        said = error.diag.message_primary or str(error).partition("\n")[0]
        raise DatabaseUnreachable(f"The database cannot be used: “{said}”.") from None
