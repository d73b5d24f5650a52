"""The narrow waist: whole transactions in, rows out; one shape for every database.

A *unit of work* is an async function of one argument, the transaction. It may await nothing but
that transaction: SQLite drives it to its end inside the writer's thread, together with others in one
commit, and PostgreSQL does the same. So no transaction can ever stay open across a call to a network.
A statement that fails undoes its whole unit, whatever the work makes of the error. Up to its first
statement it may be carried out twice: a connection that was lost before is opened again.

    async def keep(tx: Transaction) -> bool:
        return await tx.execute("INSERT ... ON CONFLICT DO NOTHING", id=fact.id) == 1

    fresh = await database.write(keep)
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, Self, TypeVar

from storage.signer import Signer

T = TypeVar("T")

Value = str | int | float | bytes | None
Row = Mapping[str, Any]


class FrequentStatement(str):
    """A statement used so often that a server keeps its plan from one time to the next.

    Only for rows found by a key, whatever the values: the plan that is kept knows no values. Each
    parameter stands where its type is plain: `stream = :stream`, not `:stream IS NULL`. `on_server`: the
    same in one statement that a file has no words for.
    """

    __slots__ = ("on_server",)
    on_server: str

    def __new__(cls, sql: str, *, on_server: str | None = None) -> Self:
        """Both are given the same parameters."""
        made = super().__new__(cls, sql)
        made.on_server = on_server or sql
        return made


class Transaction(Protocol):
    """One transaction; statements use `:name` parameters on every database."""

    signer: Signer | None  # of rows that say who may do what (`storage.engine.signed_rights`)

    async def one(self, sql: str, /, **params: Value) -> Row | None:
        """Return the first row, or None."""

    async def all(self, sql: str, /, **params: Value) -> list[Row]:
        """Return every row, in the order of the statement."""

    async def execute(self, sql: str, /, **params: Value) -> int:
        """Carry out a statement; return how many rows it changed."""

    def on_commit(self, call: Callable[[], None]) -> None:
        """Call `call` on the event loop after this transaction is durable; never if it rolls back."""

    def at_end(self, name: str, work: "Work[None]") -> None:
        """Carry out `work` in this transaction when its own has ended, once for each name."""


Work = Callable[[Transaction], Awaitable[T]]


class Database(Protocol):
    """The store of the bridge's state."""

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        """Carry out `work` durably and alone. Its error, or a cancellation before the commit, undoes it.

        `urgent`: somebody outside waits for it within a time that others set; it goes before what waits.

        Raises DatabaseUnreachable when nothing could be stored.
        """

    async def read(self, work: Work[T]) -> T:
        """Carry out `work` on a consistent snapshot without waiting for writers; it must not write."""

    async def close(self) -> None:
        """Finish what was accepted, then release the database. Called once, by its owner."""
