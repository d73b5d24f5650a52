"""A piece of work, driven to its end inside the thread of a connection."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextvars import Context, copy_context
from typing import Generic, Protocol, TypeVar

from storage.database import Row, Value, Work
from storage.errors import DatabaseUnreachable, ForeignAwait
from storage.signer import Signer

T = TypeVar("T")


class DatabaseSession(Protocol):
    """A connection, as seen in its own thread: a transaction, and a savepoint for each piece."""

    @property
    def errors(self) -> type[Exception]:
        """The driver's errors."""

    def begin(self) -> None:
        """Begin a transaction, of the kind that this connection is for."""

    def run(self, sql: str, params: Mapping[str, Value]) -> tuple[list[Row], int]:
        """Carry a statement out: its rows, and how many it changed (below 0: not known)."""

    def mark(self) -> None:
        """A piece begins."""

    def undo(self) -> None:
        """Nothing that was done since the mark is to be there."""

    def keep(self) -> None:
        """End the unit; its work, or the part that `undo` left, belongs to the transaction."""

    def commit(self) -> None:
        """Make it durable. Raises an error of the driver when nothing of it was stored."""

    def roll_back(self) -> None:
        """End what a commit did not end; nothing to do is no error."""

    def is_fault(self, error: Exception) -> bool:
        """Whether an error lies in the database or its surroundings, so that a later try may succeed."""

    def unreachable(self, error: Exception) -> DatabaseUnreachable:
        """The error for the waiting caller; it names tables and columns, never values."""


class UnitOfWork(Generic[T]):
    """Work that waits for its turn, and the future of its caller."""

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

    def attempt(self, session: DatabaseSession) -> None:
        """In the thread: do the work, or leave nothing of it. Raises only what spoils the whole group."""
        if self._done.cancelled():
            return
        session.mark()
        tx = UnitStatements(session)
        try:
            self._result = self._context.run(drive, self._work, tx)
        except BaseException as error:  # noqa: BLE001 - undone whatever it is, and handed to the caller
            self._error = error
        tx.end()
        if tx.fault is not None:
            self._error = None  # whatever the work made of it, the caller hears what everybody hears
            raise tx.fault
        if self._error is None:
            self._error = tx.failed
        if self._error is not None or self._done.cancelled():
            session.undo()
        else:
            self._calls = tx.calls
        session.keep()

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


class UnitStatements:
    """The statements of one piece of work. None of its methods ever suspends."""

    def __init__(self, session: DatabaseSession) -> None:
        """Speak to `session`, in whose thread everything here runs."""
        self.signer: Signer | None = None
        self.calls: list[Callable[[], None]] = []
        self.ends: dict[str, Work[None]] = {}
        self.fault: Exception | None = None
        # The first statement that failed. PostgreSQL carries out no other one after it, so on no database
        # does work succeed that goes on as if nothing had been.
        self.failed: Exception | None = None
        self._session: DatabaseSession | None = session

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
        return max(changed, 0)  # the databases say -1 for statements that change the schema

    def on_commit(self, call: Callable[[], None]) -> None:
        """Call `call` on the event loop after this transaction is durable; never if it rolls back."""
        self.calls.append(call)

    def at_end(self, name: str, work: Work[None]) -> None:
        """Carry out `work` in this transaction when its own has ended, once for each name."""
        self.ends[name] = work

    def end(self) -> None:
        """Nothing may be said in this transaction any more."""
        self._session = None

    def _run(self, sql: str, params: dict[str, Value]) -> tuple[list[Row], int]:
        session = self._session
        if session is None:
            raise ForeignAwait("A transaction was used after its end.")
        try:
            return session.run(sql, params)
        except session.errors as error:
            if session.is_fault(error):
                self.fault = error
            elif self.failed is None:
                self.failed = error
            raise


def drive(work: Work[T], tx: UnitStatements) -> T:
    """Run `work` to its end, and what it left for the end, without an event loop.

    Raises ForeignAwait when it would have to wait.
    """
    result = _driven(work, tx)
    while tx.ends:
        _driven(tx.ends.pop(next(iter(tx.ends))), tx)
    return result


def _driven(work: Work[T], tx: UnitStatements) -> T:
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


def commit_together(session: DatabaseSession, pieces: Sequence[UnitOfWork[object]]) -> None:
    """In the thread: many pieces in one commit. Raises DatabaseUnreachable when nothing was stored."""
    try:
        session.begin()
        for piece in pieces:
            piece.attempt(session)
        session.commit()
    except session.errors as error:
        raise session.unreachable(error) from error
    finally:
        session.roll_back()


def read_once(session: DatabaseSession, work: Work[T], context: Context) -> T:
    """In the thread: one piece of work that only reads, on one snapshot."""
    tx = UnitStatements(session)
    try:
        session.begin()
        result = context.run(drive, work, tx)
    except session.errors as error:
        if not session.is_fault(error):
            raise
        raise session.unreachable(error) from error
    finally:
        tx.end()
        session.roll_back()
    # Swallowed by the work: what it returns may lack what could not be read.
    if tx.fault is not None:
        raise session.unreachable(tx.fault) from tx.fault
    if tx.failed is not None:
        raise tx.failed
    return result
