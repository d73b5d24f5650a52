"""A PostgreSQL database looked at beside the bridge, and known by its place."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar

from storage import owner
from storage.database import Database, Transaction, Work
from storage.epochs import Side
from storage.errors import DatabaseUnreachable
from storage.guest import PATIENCE, Guest
from storage.pieces import read_once
from storage.remote_session import SNAPSHOT, InDoubt, RemoteSession, Superseded
from storage.server import Connection, Server

T = TypeVar("T")

# A dump that is put back has other tables, another database or another cluster; a promoted standby or a
# recovery to a point in time has another time line. A snapshot of the server's disk has none of these.
_HERE = """(SELECT system_identifier FROM pg_control_system()) || '.'
    || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) || '.'
    || (SELECT oid FROM pg_database WHERE datname = current_database()) || '.'
    || CAST(to_regclass('instance') AS oid)"""
_FITS = f"SELECT epoch FROM instance, bridge_owner WHERE place = {_HERE}"  # noqa: S608 - no value
_STAY = f"UPDATE bridge_owner SET place = {_HERE} WHERE one = 1"  # noqa: S608 - no value
_LEAVE = "UPDATE bridge_owner SET place = NULL WHERE one = 1"


class ServerSite:
    """See `storage.site.Site`. Each question is a connection of its own."""

    file: Path | None = None

    def __init__(self, url: str) -> None:
        """Raises WrongUrl for a URL that names no such database."""
        self._server = Server(url)
        self.name = self._server.name

    def side(self, database: Database) -> Side:
        """See `Site`, as everywhere here."""
        return _Place(database)

    def exists(self) -> bool:
        def look(connection: Connection) -> bool:
            row = connection.execute(b"SELECT to_regclass('migrations') IS NOT NULL AS there").fetchone()
            return bool(row and row["there"])

        return self._ask(look)

    def read(self, work: Work[T]) -> T:
        def look(connection: Connection) -> T:
            session = RemoteSession(connection, begins=SNAPSHOT, writes=False)
            return read_once(session, work, copy_context())

        return self._ask(look)

    @contextmanager
    def guest(self) -> Iterator[Guest]:
        with closing(self._server.connect("fanvue-bridge guest")) as connection:
            connection.execute(f"SET lock_timeout = {PATIENCE * 1000:.0f}".encode())
            try:
                yield Guest(
                    reads=RemoteSession(connection, begins=SNAPSHOT, writes=False),
                    writes=RemoteSession(connection, begins=owner.TURN, writes=True),
                )
            except Superseded:
                raise DatabaseUnreachable(
                    f"{self.name} belongs to no bridge that was ever started."
                ) from None
            except InDoubt:
                raise DatabaseUnreachable(f"The connection to {self.name} was lost.") from None

    def is_held(self) -> bool:
        return self._ask(_used_by) is not None

    def is_shared(self) -> bool:
        return self._ask(owner.living) is not None

    def known(self) -> frozenset[str]:
        return self.read(_known)

    def holder(self) -> str | None:
        found = self._ask(_used_by)
        if found is None:
            return None
        number, _, machine = found.partition(" on ")
        return number if machine == socket.gethostname()[:16] else found

    def weak(self) -> str | None:
        def look(connection: Connection) -> str | None:
            for name in (b"fsync", b"full_page_writes"):
                row = connection.execute(b"SHOW " + name).fetchone()
                if row is not None and row[name.decode()] != "on":
                    return name.decode()
            return None

        return self._ask(look)

    def version(self) -> str:
        return self._ask(lambda connection: str(connection.info.parameter_status("server_version")))

    def _ask(self, look: Callable[[Connection], T]) -> T:
        with closing(self._server.connect("fanvue-bridge looks")) as connection:
            try:
                return look(connection)
            except RemoteSession.errors as error:
                said = error.diag.message_primary or str(error).partition("\n")[0]
                raise DatabaseUnreachable(f"{self.name} cannot be read: PostgreSQL says “{said}”.") from None


class _Place:
    """Where the database lies, kept in the database itself: what is dumped and put back does not fit it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recall(self) -> frozenset[str]:
        return await self._database.read(_known)

    async def note(self, *epochs: str) -> None:
        stay = _STAY if epochs else _LEAVE
        await self._database.write(lambda tx: tx.execute(stay))


def _used_by(connection: Connection) -> str | None:
    """The process that has the database alone, or one of several that share it."""
    return owner.holder(connection, owner.RUNNING) or owner.living(connection)


async def _known(tx: Transaction) -> frozenset[str]:
    there = await tx.one("SELECT to_regclass('bridge_owner') IS NOT NULL AS there")
    row = await tx.one(_FITS) if there and there["there"] else None
    return frozenset({str(row["epoch"])} if row else ())
