"""A PostgreSQL database looked at beside the bridge, and known by its place."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar

from storage.database import Database, Transaction, Work
from storage.engine import database_owner
from storage.engine.epochs import EpochSide
from storage.engine.postgres_server import PostgresConnection, PostgresServer
from storage.engine.postgres_session import SNAPSHOT, CommitInDoubt, PostgresSession, WriterSuperseded
from storage.engine.shared_access import PATIENCE, GuestConnection
from storage.engine.unit_of_work import read_once
from storage.errors import DatabaseUnreachable

T = TypeVar("T")

# A dump that is put back has other tables, another database or another cluster; a promoted standby or a
# recovery to a point in time has another time line. A snapshot of the server's disk has none of these.
_HERE = """(SELECT system_identifier FROM pg_control_system()) || '.'
    || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) || '.'
    || (SELECT oid FROM pg_database WHERE datname = current_database()) || '.'
    || CAST(to_regclass('instance') AS oid)"""
_FITS = f"SELECT epoch FROM instance, bridge_owner WHERE place = {_HERE}"  # noqa: S608 - no value
_STAY = f"UPDATE bridge_owner SET place = {_HERE} WHERE one = 1"  # noqa: S608 - no value


class ServerSite:
    """See `storage.engine.site.Site`. Each question is a connection of its own."""

    file: Path | None = None

    def __init__(self, url: str) -> None:
        """Raises WrongUrl for a URL that names no such database."""
        self._server = PostgresServer(url)
        self.name = self._server.name

    def side(self, database: Database) -> EpochSide:
        """See `Site`, as everywhere here."""
        return _RecordedPlace(database)

    def exists(self) -> bool:
        def look(connection: PostgresConnection) -> bool:
            row = connection.execute(b"SELECT to_regclass('migrations') IS NOT NULL AS there").fetchone()
            return bool(row and row["there"])

        return self._ask(look)

    def read(self, work: Work[T]) -> T:
        def look(connection: PostgresConnection) -> T:
            session = PostgresSession(connection, begins=SNAPSHOT, writes=False)
            return read_once(session, work, copy_context())

        return self._ask(look)

    @contextmanager
    def guest(self) -> Iterator[GuestConnection]:
        with closing(self._server.connect("fanvue-bridge guest")) as connection:
            connection.execute(f"SET lock_timeout = {PATIENCE * 1000:.0f}".encode())
            try:
                yield GuestConnection(
                    reads=PostgresSession(connection, begins=SNAPSHOT, writes=False),
                    writes=PostgresSession(connection, begins=database_owner.TURN, writes=True),
                )
            except WriterSuperseded:
                raise DatabaseUnreachable(
                    f"{self.name} belongs to no bridge that was ever started."
                ) from None
            except CommitInDoubt:
                raise DatabaseUnreachable(f"The connection to {self.name} was lost.") from None

    def is_held(self) -> bool:
        return self._ask(_used_by) is not None

    def is_shared(self) -> bool:
        return self._ask(database_owner.living) is not None

    def known(self) -> frozenset[str]:
        return self.read(_known)

    def holder(self) -> str | None:
        found = self._ask(_used_by)
        if found is None:
            return None
        number, _, machine = found.partition(" on ")
        return number if machine == socket.gethostname()[:16] else found

    def weak(self) -> str | None:
        def look(connection: PostgresConnection) -> str | None:
            for name in (b"fsync", b"full_page_writes"):
                row = connection.execute(b"SHOW " + name).fetchone()
                if row is not None and row[name.decode()] != "on":
                    return name.decode()
            return None

        return self._ask(look)

    def version(self) -> str:
        return self._ask(lambda connection: str(connection.info.parameter_status("server_version")))

    def _ask(self, look: Callable[[PostgresConnection], T]) -> T:
        with closing(self._server.connect("fanvue-bridge looks")) as connection:
            try:
                return look(connection)
            except PostgresSession.errors as error:
                said = error.diag.message_primary or str(error).partition("\n")[0]
                raise DatabaseUnreachable(f"{self.name} cannot be read: PostgreSQL says “{said}”.") from None


class _RecordedPlace:
    """The database's location, kept in the database itself: a restored dump does not fit it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recall(self) -> frozenset[str]:
        return await self._database.read(_known)

    async def note(self, *epochs: str) -> None:
        stay = _STAY if epochs else "UPDATE bridge_owner SET place = NULL WHERE one = 1"
        await self._database.write(lambda tx: tx.execute(stay))


def _used_by(connection: PostgresConnection) -> str | None:
    """The process that has the database alone, or one of several that share it."""
    return database_owner.holder(connection, database_owner.RUNNING) or database_owner.living(connection)


async def _known(tx: Transaction) -> frozenset[str]:
    there = await tx.one("SELECT to_regclass('bridge_owner') IS NOT NULL AS there")
    row = await tx.one(_FITS) if there and there["there"] else None
    return frozenset({str(row["epoch"])} if row else ())
