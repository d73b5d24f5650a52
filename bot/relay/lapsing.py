"""What ends by itself once its time is over: looked for, ended some at a time."""

from collections.abc import Awaitable, Callable, Sequence

from storage.database import Database, Transaction

Over = Callable[[Transaction], Awaitable[Sequence[object]]]
End = Callable[[Transaction], Awaitable[int]]


async def end_all(database: Database, over: Over, end: End, *, batch: int) -> None:
    """`over`: whether anything is; `end`: ends up to `batch`, in one transaction, and says how many."""
    if not await database.read(over):
        return  # nearly always: a look must not wait for the writer
    while await database.write(end) == batch:
        pass
