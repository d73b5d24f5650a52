"""Several processes on one database: each a row, and a lease that it renews.

They write one after the other: each commit begins with the same row, so that a decision that one process
makes alone is made alone among many. A process without a heartbeat for the time of its lease is struck out,
and a commit of it that comes later fits no row: it ends, and is started again as a new one.

After an outage of the database leases are over, and nobody is gone: a process strikes out others only if it
was there itself for the time of a lease (`sure`), and was never silent for half of one. One that begins does
so after half of that: a live process shows it twice in that time, and a machine that had lost its power goes
on.

Nothing here belongs to a session, so a pooler in transaction mode may stand in between.
"""

import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.engine.database_owner import MEANWHILE, RUNNING, holder, name_of, opening
from storage.engine.lockfile import database_in_use
from storage.engine.postgres_server import PostgresConnection
from storage.engine.postgres_session import fence
from storage.errors import DatabaseInUse

LEASE = 20.0  # seconds; renewed by each commit, and by a beat every five

_COMES_BACK = 0.5  # of a lease: whoever lives is back by then, once the database is

_PATIENCE, _PAUSE = 6, 0.5  # so many looks, seconds apart, at whether somebody has the database alone
_SHARED = "shared"  # the token of a database that several use
_TABLE = b"""CREATE TABLE IF NOT EXISTS bridge_members (
    token TEXT PRIMARY KEY, name TEXT NOT NULL, schema BIGINT NOT NULL, commits BIGINT NOT NULL,
    until TIMESTAMPTZ NOT NULL, sure TIMESTAMPTZ NOT NULL)"""
_OLDER = b"""SELECT 1 FROM pg_attribute WHERE attrelid = 'bridge_members'::regclass AND attname = 'sure'
    AND NOT attisdropped"""
_ADDED = b"ALTER TABLE bridge_members ADD COLUMN sure TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()"
# Else the default of the server holds, which a session's own word does not change behind a pooler.
_DURABLE = """SELECT set_config('synchronous_commit', 'on', true)
    WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')"""


@dataclass(frozen=True)
class ClusterMember:
    """See `storage.engine.database_owner.Tenure`: one of several; `token` is different each time.

    `schema`: the newest version of the tables that others must know, too. `lease`: in seconds.
    """

    token: str
    schema: int
    lease: float = LEASE
    alone: bool = False

    @property
    def rest(self) -> float:
        """See `Tenure`, as everywhere here."""
        return self.lease / 4

    def name(self, part: str) -> str:
        return name_of(self.token, part)

    def hold(self, connection: PostgresConnection, part: str) -> None:
        """Do nothing: the locks of a session are lost behind a pooler."""

    def begin(self, connection: PostgresConnection) -> None:
        for _ in range(_PATIENCE):  # one that was killed a moment ago may not be gone to the server yet
            if holder(connection, RUNNING) is None:
                break
            time.sleep(_PAUSE)
        with opening(connection):
            if (other := holder(connection, RUNNING)) is not None:
                raise database_in_use(other)
            connection.execute(_TABLE)
            if connection.execute(_OLDER).fetchone() is None:  # a table of before there was that column
                connection.execute(_ADDED)
            self._same_schema(connection)
            connection.execute(
                """INSERT INTO bridge_owner (one, token, commits) VALUES (1, %(token)s, 0)
                   ON CONFLICT (one) DO UPDATE SET token = excluded.token""",
                {"token": _SHARED},
            )
            connection.execute(
                f"""INSERT INTO bridge_members (token, name, schema, commits, until, sure)
                   VALUES (%(token)s, %(name)s, %(schema)s, 0, {self._over}, {self._over})""".encode(),  # noqa: S608 - our own
                {
                    "token": self.token,
                    "name": f"{os.getpid()} on {socket.gethostname()[:16]}",
                    "schema": self.schema,
                },
            )

    def begins(self, number: int, *, newest: int) -> str:
        # Whoever stands still in the middle would keep all others waiting: the server ends its session.
        mine = (
            f"UPDATE bridge_members SET commits = {number}, {self._renewed} "  # noqa: S608 - our own
            f"WHERE token = '{self.token}' AND commits = {newest} "
            f"AND EXISTS (SELECT 1 FROM bridge_owner WHERE one = 1 AND token = '{_SHARED}')"
        )
        return (
            f"BEGIN; {_DURABLE}; {self._patience}; "  # noqa: S608 - our own
            f"SELECT one FROM bridge_owner WHERE one = 1 FOR UPDATE; {fence(mine)}"
        )

    def newest_commit(self, connection: PostgresConnection) -> int:
        # A commit of ours that is still under way holds this row, wherever its session is by now.
        row = connection.execute(
            "SELECT commits FROM bridge_members WHERE token = %(token)s FOR UPDATE", {"token": self.token}
        ).fetchone()
        if row is None:
            raise DatabaseInUse(MEANWHILE)
        return int(row["commits"])

    def beat(self, connection: PostgresConnection) -> None:
        renewed = connection.execute(
            f"UPDATE bridge_members SET {self._renewed} WHERE token = %(token)s".encode(),  # noqa: S608 - our own
            {"token": self.token},
        )
        if renewed.rowcount != 1:
            raise DatabaseInUse(MEANWHILE)

    def leave(self, connection: PostgresConnection) -> None:
        connection.execute("DELETE FROM bridge_members WHERE token = %(token)s", {"token": self.token})

    @property
    def _patience(self) -> str:
        """Shorter than a lease: nobody who waits for it is overdue meanwhile."""
        return f"SET LOCAL idle_in_transaction_session_timeout = {self.lease * 500:.0f}"

    @property
    def _over(self) -> str:
        """The end of a lease that begins now."""
        return f"clock_timestamp() + {self.lease} * INTERVAL '1 second'"

    @property
    def _renewed(self) -> str:
        """A process silent for half a lease was away, and cannot tell who else was.

        Heartbeats are half as far apart. So a shorter gap that all had makes nobody overdue who is back by
        then.
        """
        early = f"{self.lease * (1 - _COMES_BACK)} * INTERVAL '1 second'"
        kept = f"CASE WHEN until < clock_timestamp() + {early} THEN {self._over} ELSE sure END"
        return f"until = {self._over}, sure = {kept}"

    def _same_schema(self, connection: PostgresConnection) -> None:
        """A process with other tables would change them under those that work with the old ones."""
        row = connection.execute(
            """SELECT name FROM bridge_members
               WHERE until > clock_timestamp() AND schema <> %(schema)s ORDER BY token LIMIT 1""",
            {"schema": self.schema},
        ).fetchone()
        if row is not None:
            raise DatabaseInUse(
                f"Process {row['name']} uses this database with another version of the program. Stop all "
                "processes of the old version before one of the new version starts."
            )


async def alive(tx: Transaction, me: str, *, begins: bool = False) -> Sequence[str]:
    """The tokens of all who use the database; those overdue are struck out, and write no more.

    Unless all were away for a while: then everybody has the time of a lease to come back; half of it if this
    process, `me`, `begins`. A process with older tables than another one is not waited for.
    """
    # Each process was told itself how long its lease is: ours, renewed just now, is there in full length.
    # Of another one less than half may be left: its lease lasts through an outage that it is not back from.
    await tx.execute(
        """DELETE FROM bridge_members WHERE until < clock_timestamp() AND (
               schema < (SELECT MAX(schema) FROM bridge_members) OR EXISTS (
                   SELECT 1 FROM bridge_members AS there, bridge_members AS mine WHERE mine.token = :me
                   AND there.until >= clock_timestamp()
                       + (mine.until - clock_timestamp()) * CAST(:back AS FLOAT)
                   AND there.sure <= clock_timestamp()
                       + (there.until - clock_timestamp()) * CAST(:early AS FLOAT)))""",
        me=me,
        back=1 - _COMES_BACK,
        early=1 - _COMES_BACK if begins else 0.0,
    )
    rows = await tx.all("SELECT token FROM bridge_members ORDER BY token")
    return [str(row["token"]) for row in rows]


async def expected(tx: Transaction, me: str) -> bool:
    """Whether some are overdue who may come back yet, for a process that begins."""
    await alive(tx, me, begins=True)
    return await tx.one("SELECT 1 AS one FROM bridge_members WHERE until < clock_timestamp()") is not None
