"""One running bridge per PostgreSQL database: two locks, and its last user.

- *running* is held by a connection that does nothing else, from the start to the end of a process.
- *writing* is held by the connection that writes. Every writer holds it, so a process whose first lock was
  lost without its noticing still keeps everybody else out, and one that lost both writes nothing.

Both belong to sessions: the server gives them back when a connection ends. A process that lost its
connections takes the locks again and goes on, but only if nobody had the database meanwhile: each process
that opens it writes a token of its own into the row.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import psycopg

from storage.engine.lockfile import database_in_use
from storage.engine.postgres_server import PostgresConnection
from storage.engine.postgres_session import fence
from storage.errors import DatabaseInUse

RUNNING, WRITING, _OPENING = 1, 2, 3

_CLASS = 0x66627267  # in pg_locks: “fbrg”
_PROGRAM = "fanvue-bridge"
# How long another session may take to end: a process that was killed a moment ago, or our own lost one.
_SECONDS = {RUNNING: 3, WRITING: 10}
MEANWHILE = (
    "Another process has used this database in the meantime, or it was replaced, so this one ends. "
    "Started again, it takes everything up as after a crash."
)
# What begins a guest's transaction: it takes the row that each commit of the owner takes first, and leaves it
# as it was. So the two wait for each other here and nowhere else, and cannot block one another.
TURN = "BEGIN; " + fence("UPDATE bridge_owner SET token = token WHERE one = 1")  # noqa: S608 - our own


class Tenure(Protocol):
    """One process's use of a database, alone or with others. Everything runs in a connection's thread."""

    @property
    def alone(self) -> bool:
        """Whether nobody else may use the database meanwhile."""

    @property
    def rest(self) -> float:
        """Seconds between two signs of life."""

    def name(self, part: str) -> str:
        """The name of its connection at the server; at most 63 bytes."""

    def hold(self, connection: PostgresConnection, part: str) -> None:
        """Take what this connection holds for as long as it lasts. Raises DatabaseInUse."""

    def begin(self, connection: PostgresConnection) -> None:
        """From now on this process may write. Raises DatabaseInUse."""

    def begins(self, number: int, *, newest: int) -> str:
        """SQL that begins commit `number` after the `newest`; its number later tells whether it came to be.

        Its last statement is a `storage.engine.postgres_session.fence`: it fails where this process may not
        write.
        """

    def newest_commit(self, connection: PostgresConnection) -> int:
        """The number of this process's newest commit, once no other can be under way.

        Raises DatabaseInUse when it may not write any more.
        """

    def beat(self, connection: PostgresConnection) -> None:
        """Show a sign of life. Raises DatabaseInUse likewise."""

    def leave(self, connection: PostgresConnection) -> None:
        """Say good-bye, when nothing is written any more."""


@dataclass(frozen=True)
class SoleOwnership:
    """See `Tenure`: alone; `token` is different each time."""

    token: str
    alone: bool = True
    rest: float = 5.0

    def name(self, part: str) -> str:
        """See `Tenure`, as everywhere here."""
        return name_of(self.token, part)

    def hold(self, connection: PostgresConnection, part: str) -> None:
        which = {"owner": RUNNING, "writer": WRITING}.get(part)
        if which is not None:
            lock(connection, which, self.name(part))

    def begin(self, connection: PostgresConnection) -> None:
        """Call it with both locks held."""
        with opening(connection):
            if (other := living(connection)) is not None:
                raise database_in_use(other)
            connection.execute(
                """INSERT INTO bridge_owner (one, token, commits) VALUES (1, %(token)s, 0)
                   ON CONFLICT (one) DO UPDATE SET token = excluded.token, commits = 0""",
                {"token": self.token},
            )

    def begins(self, number: int, *, newest: int) -> str:
        """No row fits when somebody else has written, or a dump was put back under a running bridge."""
        where = f"token = '{self.token}' AND commits = {newest}"
        return f"BEGIN; {fence(f'UPDATE bridge_owner SET commits = {number} WHERE {where}')}"  # noqa: S608 - our own

    def newest_commit(self, connection: PostgresConnection) -> int:
        row = connection.execute(b"SELECT token, commits FROM bridge_owner WHERE one = 1").fetchone()
        if row is None or row["token"] != self.token:
            raise DatabaseInUse(MEANWHILE)
        return int(row["commits"])

    def beat(self, connection: PostgresConnection) -> None:
        connection.execute(b"SELECT 1")

    def leave(self, connection: PostgresConnection) -> None:
        # It would end with its session, which the server ends some time after it was told to: until then
        # `keys rotate` would take this process for one that runs.
        connection.execute(b"SELECT pg_advisory_unlock_all()")


def name_of(token: str, part: str) -> str:
    """The name of a connection at the server; at most 63 bytes."""
    return f"{_PROGRAM} {os.getpid()}@{socket.gethostname()[:16]} {part} {token[:12]}"


def lock(connection: PostgresConnection, which: int, name: str) -> None:
    """Hold a lock for as long as the connection lasts. Raises DatabaseInUse when somebody else has it."""
    # A connection of ours that we lost may not be lost to the server yet.
    connection.execute(
        """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = %(name)s AND datname = current_database() AND pid <> pg_backend_pid()""",
        {"name": name},
    )
    connection.execute(f"SET lock_timeout = {_SECONDS[which] * 1000}".encode())
    try:
        connection.execute(f"SELECT pg_advisory_lock({_CLASS}, {which})".encode())
    except psycopg.errors.LockNotAvailable:
        raise database_in_use(holder(connection, which) or "unknown") from None
    connection.execute(b"SET lock_timeout = 5000")


def holder(connection: PostgresConnection, which: int) -> str | None:
    """The holder of a lock: the number of a process, and its machine; no lock is taken to see it."""
    row = connection.execute(
        """SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
           WHERE locktype = 'advisory' AND granted AND objsubid = 2
             AND classid = %(class)s::bigint::oid AND objid = %(which)s::int::oid
             AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())""",
        {"class": _CLASS, "which": which},
    ).fetchone()
    if row is None:
        return None
    words = str(row["name"] or "").split()
    if len(words) != 4 or words[0] != _PROGRAM:  # noqa: PLR2004 - as `SoleOwnership.name` makes them
        return "unknown"
    number, _, machine = words[1].partition("@")
    return f"{number} on {machine}"


@contextmanager
def opening(connection: PostgresConnection) -> Iterator[None]:
    """A transaction in which somebody begins; one after the other, and the tables for it are there."""
    with connection.transaction():
        connection.execute(f"SELECT pg_advisory_xact_lock({_CLASS}, {_OPENING})".encode())
        connection.execute(
            b"""CREATE TABLE IF NOT EXISTS bridge_owner (
                    one INTEGER PRIMARY KEY CHECK (one = 1), token TEXT NOT NULL, commits BIGINT NOT NULL,
                    place TEXT)"""
        )
        yield


def living(connection: PostgresConnection) -> str | None:
    """One of several processes that share the database now: its number, and its machine."""
    there = connection.execute(b"SELECT to_regclass('bridge_members') IS NOT NULL AS there").fetchone()
    if there is None or not there["there"]:
        return None
    row = connection.execute(
        b"SELECT name FROM bridge_members WHERE until > clock_timestamp() ORDER BY token LIMIT 1"
    ).fetchone()
    return None if row is None else str(row["name"])
