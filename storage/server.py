"""Connections to a PostgreSQL server, as the bridge uses them, through psycopg."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import DictRow, dict_row
from psycopg.types.bool import BoolLoader
from psycopg.types.numeric import NumericLoader

from storage import dialect
from storage.database import Row, Value
from storage.errors import DatabaseUnreachable, WrongUrl

Connection = psycopg.Connection[DictRow]

SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

_OLDEST = 130000
_IDLE = psycopg.pq.TransactionStatus.IDLE
# Where the URL does not say otherwise: a connection that leads nowhere is noticed within half a minute.
_DEFAULTS = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
# The server notices as fast. Limits that are meant for people would end a session that only holds a lock.
# Compiling a question takes longer than answering it: 100,000 sales take 1.1 s instead of 0.6 s.
_SET_UP = """
    SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
    SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0; SET lock_timeout = 5000;
    SET standard_conforming_strings = on; SET client_min_messages = warning;
    SET jit = off;
"""
_DURABLE = """SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')"""


class InDoubt(Exception):
    """Raised when the connection was lost while COMMIT was under way: it may have been carried out."""


class Superseded(Exception):
    """Raised when a commit begins and the newest one is not ours: somebody else has written here."""


class Server:
    """The server, user and database that a URL names."""

    def __init__(self, url: str) -> None:
        """Raises WrongUrl with a sentence; neither it nor its cause repeats the URL.

        `conninfo`: the same for other clients of libpq; a password may be in it.
        """
        try:
            found = conninfo_to_dict(url)
        except psycopg.Error:
            raise WrongUrl("This URL of a PostgreSQL database cannot be read.") from None
        self._secret = str(found.get("password") or "")
        self.name = _shown({name: str(value) for name, value in found.items()})
        self.conninfo = make_conninfo("", **{**_DEFAULTS, **found})

    def connect(self, name: str) -> Connection:
        """A connection that shows as `name` at the server. Raises DatabaseUnreachable."""
        try:
            # Values are put into the statement by the driver: a parameter without a type, such as in
            # `:creator IS NULL`, is nothing that the server could prepare for.
            connection: Connection = psycopg.connect(
                self.conninfo,
                autocommit=True,
                row_factory=dict_row,
                cursor_factory=psycopg.ClientCursor,
                application_name=name,
            )
        except (psycopg.Error, OSError) as error:
            raise DatabaseUnreachable(f"The database cannot be opened: “{self._said(error)}”.") from None
        try:
            _set_up(connection)
        except psycopg.Error as error:
            connection.close()
            raise DatabaseUnreachable(f"The database cannot be opened: “{self._said(error)}”.") from None
        except BaseException:
            connection.close()
            raise
        return connection

    def _said(self, error: Exception) -> str:
        said = re.sub(r"\s+", " ", str(error)).strip()
        return said.replace(self._secret, "…") if self._secret else said


class RemoteSession:
    """A connection of psycopg in its own thread; see `storage.pieces.Session`."""

    errors = psycopg.Error

    def __init__(
        self, connection: Connection, *, begins: str, writes: bool, known: set[str] | None = None
    ) -> None:
        """`begins`: the statements that begin a transaction. `known`: texts that a server has read before.

        A savepoint goes together with such a one only: of a text that it cannot read, nothing is carried out.
        """
        self.begun = False
        self._connection = connection
        self._begins = begins
        self._writes = writes
        self._known = set() if known is None else known
        self._marked = False  # a piece has begun that the server has not heard of
        self._open = False  # the server has a savepoint

    def begin(self) -> None:
        """See `Session`, as everywhere here."""
        said = self._say(self._begins)
        self.begun = True
        if self._writes and said != "UPDATE 1":
            raise Superseded

    def run(self, sql: str, params: Mapping[str, Value]) -> tuple[list[Row], int]:
        try:
            cursor = psycopg.ClientCursor(self._connection)
            written = cursor.mogrify(dialect.postgres(sql), dialect.values(params))
            marks = self._marks(together=sql in self._known)
            cursor.execute(f"{marks}{written}".encode())
            while marks and cursor.nextset():
                pass
            rows: list[Row] = list(cursor.fetchall()) if cursor.description else []
        except psycopg.Error as error:
            raise self._without_values(error) from None
        self._known.add(sql)
        return rows, cursor.rowcount

    def _marks(self, *, together: bool) -> str:
        """What goes before a piece's first statement; said now, unless it goes `together` with that."""
        if not self._marked:
            return ""
        said = f"{'RELEASE SAVEPOINT piece; ' if self._open else ''}SAVEPOINT piece; "
        self._marked, self._open = False, True
        if together:
            return said
        self._say(said)
        return ""

    def mark(self) -> None:
        """Said with the piece's first statement: as long as a group takes, all other processes wait."""
        self._marked = True

    def undo(self) -> None:
        if not self._marked:
            self._say("ROLLBACK TO SAVEPOINT piece")
        self._marked = False

    def keep(self) -> None:
        """The savepoint ends with the next one, or with the transaction."""
        self._marked = False

    def commit(self) -> None:
        try:
            said = self._say("COMMIT")
        except psycopg.Error as error:
            if self.lost:
                raise InDoubt from error
            raise
        if said != "COMMIT":  # the server ends a failed transaction without an error
            raise psycopg.errors.InFailedSqlTransaction("the transaction had failed")

    def roll_back(self) -> None:
        try:
            if not self.lost and self._connection.info.transaction_status != _IDLE:
                self._say("ROLLBACK")
        except psycopg.Error:
            self._connection.close()  # the server rolls back whatever its session has begun

    @property
    def lost(self) -> bool:
        """Whether this connection is of no use any more."""
        return self._connection.closed

    def is_fault(self, error: Exception) -> bool:
        return self.lost or (
            isinstance(error, psycopg.Error) and dialect.is_fault(error.sqlstate, writes=self._writes)
        )

    def unreachable(self, error: Exception) -> DatabaseUnreachable:
        return DatabaseUnreachable(f"Nothing was stored: PostgreSQL says “{error}”.")

    def _say(self, sql: str) -> str | None:
        """How the last of these statements ended."""
        try:
            cursor = self._connection.execute(sql.encode())
            while cursor.nextset():
                pass
        except psycopg.Error as error:
            raise self._without_values(error) from None
        return cursor.statusmessage

    def _without_values(self, error: psycopg.Error) -> psycopg.Error:
        """The same error without the server's detail, which holds whole rows."""
        if dialect.is_gone(error.sqlstate):
            self._connection.close()
        said = error.diag.message_primary or str(error).partition("\n")[0]
        return type(error)(said)


def _shown(found: Mapping[str, str]) -> str:
    """The URL without anything that is not for everybody's eyes."""
    user = f"{quote(found['user'])}@" if "user" in found else ""
    hosts = found.get("host", "").split(",")
    ports = found.get("port", "").split(",")
    places = [
        quote(host, safe="[]:") + (f":{port}" if port else "")
        for host, port in zip(hosts, ports if len(ports) == len(hosts) else ports * len(hosts), strict=False)
    ]
    return f"postgresql://{user}{','.join(places)}/{quote(found.get('dbname', ''))}"


class _Number(NumericLoader):
    def load(self, data: Any) -> Any:
        return dialect.number_of(Decimal(bytes(data).decode()))


class _Flag(BoolLoader):
    def load(self, data: Any) -> Any:
        return int(super().load(data))


def _set_up(connection: Connection) -> None:
    info = connection.info
    if info.server_version < _OLDEST:
        raise DatabaseUnreachable(
            f"The database cannot be opened: PostgreSQL {_OLDEST // 10000} or newer is needed."
        )
    if info.parameter_status("server_encoding") != "UTF8":
        raise DatabaseUnreachable("The database cannot be opened: it must be made with ENCODING 'UTF8'.")
    connection.adapters.register_loader("numeric", _Number)
    connection.adapters.register_loader("bool", _Flag)
    connection.execute(_SET_UP.encode())
    if info.server_version >= 140000:  # noqa: PLR2004 - the version that brought it
        connection.execute(b"SET idle_session_timeout = 0")
    connection.execute(_DURABLE.encode())
