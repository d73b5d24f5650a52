"""A piece of work on SQLite, driven to its end inside the connection's thread."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextvars import Context, copy_context
from typing import Generic, TypeVar

from storage.database import Row, Value, Work
from storage.errors import DatabaseUnreachable, ForeignAwait

T = TypeVar("T")

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


class Piece(Generic[T]):
    """Work that waits for its turn, and the future of whoever waits for it."""

    def __init__(self, work: Work[T], done: asyncio.Future[T]) -> None:
        """The caller awaits `done` itself, so that cancelling the caller is seen in the thread at once."""
        self._done = done
        self._decided = asyncio.Event()
        self._work = work
        self._context = copy_context()  # so that log lines inside carry the caller's ids
        self._result: T | None = None
        self._error: BaseException | None = None
        self._calls: Sequence[Callable[[], None]] = ()

    async def wait(self) -> T:
        """The caller's side: ends, however it ends, only when the fate of the work is decided."""
        try:
            return await self._done
        except asyncio.CancelledError:
            await self._decided.wait()
            if not self._done.cancelled():
                self._done.exception()  # the cancellation came too late; asyncio need not report this one
            raise

    def attempt(self, connection: sqlite3.Connection) -> None:
        """In the thread: do the work, or leave nothing of it. Raises only what spoils the whole group."""
        if self._done.cancelled():
            return
        connection.execute("SAVEPOINT piece")
        tx = SqliteTransaction(connection)
        try:
            self._result = self._context.run(drive, self._work, tx)
        except BaseException as error:  # noqa: BLE001 - undone whatever it is, and handed to the caller
            self._error = error
        tx.end()
        if tx.fault is not None:
            self._error = None  # whatever the work made of it, the caller hears what everybody hears
            raise tx.fault
        if self._error is not None or self._done.cancelled():
            connection.execute("ROLLBACK TO piece")
        else:
            self._calls = tx.calls
        connection.execute("RELEASE piece")

    def settle(self, fault: DatabaseUnreachable | None) -> None:
        """On the loop, after the commit: run what waited for it, then tell the caller."""
        if fault is None:
            for call in self._calls:
                # Scheduled before the caller is woken, so run before; a call that raises is reported by
                # the loop and spoils nothing here.
                self._done.get_loop().call_soon(call, context=self._context)
        self._decided.set()
        if self._done.cancelled():
            return
        if self._error is not None:
            self._done.set_exception(self._error)
        elif fault is not None:
            error = DatabaseUnreachable(*fault.args)  # each caller gets an error of their own
            error.__cause__ = fault.__cause__
            self._done.set_exception(error)
        else:
            self._done.set_result(self._result)  # type: ignore[arg-type]  # None only if T allows it

    def lose(self) -> None:
        """On the loop: nobody can say how this one ended, unless it is settled already."""
        self._decided.set()
        self._done.cancel()


class SqliteTransaction:
    """The statements of one piece of work. None of its methods ever suspends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Speak to `connection`, in whose thread everything here runs."""
        self.calls: list[Callable[[], None]] = []
        self.fault: sqlite3.Error | None = None
        self._connection: sqlite3.Connection | None = connection

    async def one(self, sql: str, /, **params: Value) -> Row | None:
        """Return the first row, or None."""
        rows, _ = self._run(sql, params)
        return rows[0] if rows else None

    async def all(self, sql: str, /, **params: Value) -> list[Row]:
        """Return every row, in the order of the statement."""
        rows, _ = self._run(sql, params)
        return rows

    async def execute(self, sql: str, /, **params: Value) -> int:
        """Carry out a statement; return how many rows it changed."""
        _, changed = self._run(sql, params)
        return max(changed, 0)  # SQLite says -1 for statements that change the schema

    def on_commit(self, call: Callable[[], None]) -> None:
        """Call `call` on the event loop after this transaction is durable; never if it rolls back."""
        self.calls.append(call)

    def end(self) -> None:
        """Nothing may be said in this transaction any more."""
        self._connection = None

    def _run(self, sql: str, params: dict[str, Value]) -> tuple[list[Row], int]:
        if self._connection is None:
            raise ForeignAwait("A transaction was used after its end.")
        try:
            cursor = self._connection.execute(sql, params)
            # Every row is taken: a half-read statement would hold up the savepoint around it, and the
            # number of changed rows is right only at the end.
            return cursor.fetchall(), cursor.rowcount
        except sqlite3.Error as error:
            if is_fault(error):
                self.fault = error
            raise


def drive(work: Work[T], tx: SqliteTransaction) -> T:
    """Run `work` to its end without an event loop. Raises ForeignAwait when it would have to wait."""
    steps = work(tx).__await__()
    try:
        next(steps)
    except StopIteration as end:
        result: T = end.value
        return result
    except RuntimeError as error:
        # Sleeping, timeouts and sockets look for the loop of their thread before they suspend.
        if "event loop" not in str(error):
            raise
        raise ForeignAwait("A transaction may await nothing but its own statements.") from error
    steps.close()
    raise ForeignAwait("A transaction may await nothing but its own statements.")


def is_fault(error: sqlite3.Error) -> bool:
    """Whether an error lies in the file or its surroundings, so that a later try may succeed."""
    code = getattr(error, "sqlite_errorcode", None)  # missing where Python itself raised it
    return code is not None and code & 0xFF in _FAULTS


def commit_together(connection: sqlite3.Connection, pieces: Sequence[Piece[object]]) -> None:
    """In the thread: many pieces in one commit. Raises DatabaseUnreachable when nothing was stored."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        for piece in pieces:
            piece.attempt(connection)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise unreachable(error) from error
    finally:
        roll_back(connection)


def read_once(connection: sqlite3.Connection, work: Work[T], context: Context) -> T:
    """In the thread: one piece of work that only reads, on one snapshot."""
    tx = SqliteTransaction(connection)
    try:
        connection.execute("BEGIN")
        result = context.run(drive, work, tx)
    except sqlite3.Error as error:
        # A reader's connection is read-only by intent, so that code means a statement that writes.
        if not is_fault(error) or error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
            raise
        raise unreachable(error) from error
    finally:
        tx.end()
        roll_back(connection)
    if tx.fault is not None:  # swallowed by the work: what it returns may lack what could not be read
        raise unreachable(tx.fault) from tx.fault
    return result


def roll_back(connection: sqlite3.Connection) -> None:
    """End what a commit did not end; after some faults SQLite has done it already."""
    try:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise unreachable(error) from error


def unreachable(error: sqlite3.Error) -> DatabaseUnreachable:
    """The sentence for whoever waits; SQLite's messages name tables and columns, never values."""
    return DatabaseUnreachable(f"Nothing was stored: SQLite says “{error}”.")
