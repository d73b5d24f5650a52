"""A transaction on a PostgreSQL connection, in few messages to the server."""

from collections.abc import Mapping

import psycopg

from storage.database import FrequentStatement, Row, Value
from storage.engine import dialect
from storage.engine.postgres_server import PostgresConnection
from storage.errors import DatabaseUnreachable

SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

_SUPERSEDED = "bridge.superseded"
_IDLE = psycopg.pq.TransactionStatus.IDLE
_ROWS = psycopg.pq.ExecStatus.TUPLES_OK


def fence(update: str) -> str:
    """An UPDATE that changes one row, or the transaction fails: its process may not write any more.

    To read a setting that nobody has made is the one query with an error that is like no other.
    """
    return (
        f"WITH changed AS ({update} RETURNING 1) SELECT CASE WHEN EXISTS (SELECT 1 FROM changed) THEN '' "  # noqa: S608 - our own
        f"ELSE current_setting('{_SUPERSEDED}') END"
    )


class CommitInDoubt(Exception):
    """Raised when the connection was lost while COMMIT was under way: it may have been carried out."""


class WriterSuperseded(psycopg.Error):
    """Raised when a commit begins and the newest one is not ours: somebody else has written here."""


class PostgresSession:
    """A connection of psycopg in its own thread; see `storage.engine.unit_of_work.DatabaseSession`."""

    errors = psycopg.Error

    def __init__(
        self, connection: PostgresConnection, *, begins: str, writes: bool, known: set[str] | None = None
    ) -> None:
        """`begins`: the statements that begin a transaction. `known`: texts that a server has read before.

        The begin of a transaction, and a savepoint, go together with such a one only: of a text that it
        cannot read, nothing is carried out.
        """
        self.begun = False
        self._owed = ""  # what begins the transaction, as long as it was not said
        self._connection = connection
        self._begins = begins
        self._writes = writes
        self._known = set() if known is None else known
        self._marked = False  # a piece has begun that the server has not heard of
        self._open = False  # the server has a savepoint

    def begin(self) -> None:
        """See `Session`, as everywhere here. Said with the first statement: others wait from then on."""
        self._owed = f"{self._begins}; "

    def run(self, sql: str, params: Mapping[str, Value]) -> tuple[list[Row], int]:
        try:
            cursor = psycopg.ClientCursor(self._connection)
            written = cursor.mogrify(self._kept(sql), dialect.values(params))
            marks = self._marks(together=sql in self._known)
            cursor.execute(f"{marks}{written}".encode())
            self.begun = True
            while marks and cursor.nextset():
                pass
            # Not asked by its description, which makes an object of every column.
            told = cursor.pgresult is not None and cursor.pgresult.status == _ROWS
            rows: list[Row] = list(cursor.fetchall()) if told else []
        except psycopg.Error as error:
            raise self._without_values(error) from None
        self._known.add(sql)
        return rows, cursor.rowcount

    def _kept(self, sql: str) -> bytes:
        """The statement as psycopg wants it: where the session keeps its plan, by the name of that."""
        keeps = self._connection.keeps
        if keeps is None or not isinstance(sql, FrequentStatement):
            return dialect.postgres(sql)
        kept = dialect.prepared(sql)
        if sql not in keeps:
            self._say(self._marks(together=False) + kept.prepare)
            keeps.add(sql)
        return kept.execute

    def _marks(self, *, together: bool) -> str:
        """Return the SQL before a unit's first statement; sent now, unless it goes `together` with that."""
        said, self._owed = self._owed, ""
        if self._marked:
            said += f"{'RELEASE SAVEPOINT piece; ' if self._open else ''}SAVEPOINT piece; "
            self._marked, self._open = False, True
        if together or not said:
            return said
        self._say(said)
        self.begun = True
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
            owed, self._owed = self._owed, ""
            said = self._say(f"{owed}COMMIT")
        except psycopg.Error as error:
            if self.lost:
                raise CommitInDoubt from error
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
        return (
            self.lost
            or isinstance(error, WriterSuperseded)
            or (isinstance(error, psycopg.Error) and dialect.is_fault(error.sqlstate, writes=self._writes))
        )

    def unreachable(self, error: Exception) -> DatabaseUnreachable:
        """Raises Superseded instead, if that is what it was."""
        if isinstance(error, WriterSuperseded):
            raise error
        return DatabaseUnreachable(f"Nothing was stored: PostgreSQL says “{error}”.")

    def _say(self, sql: str) -> str | None:
        """Run these statements; return the last one's status."""
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
        if _SUPERSEDED in said:
            return WriterSuperseded(said)
        return type(error)(said)
