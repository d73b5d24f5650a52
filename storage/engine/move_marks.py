"""Marks of a move to another database: neither half of one may be started."""

from storage.database import Transaction
from storage.engine import instance
from storage.errors import DatabaseMoved

UNFINISHED, MOVED = "unfinished copy", "moved to"  # names under which it is remembered


async def refuse(tx: Transaction) -> None:
    """Raises DatabaseMoved, with what to do, when this one must not be started."""
    there = await left_for(tx)
    if there is not None:
        raise DatabaseMoved(
            f"This database was moved to {there}: put that into DATABASE_URL. Started again, both would send "
            "the same things. To give the other one up: fanvue-bridge db reopen"
        )
    if await instance.recall(tx, UNFINISHED) is not None:
        raise DatabaseMoved(
            "This database is an unfinished copy. Run the same “fanvue-bridge db copy” again: it begins anew."
        )


async def left_for(tx: Transaction) -> str | None:
    """The place it was moved to, if this is the source of a finished move."""
    return await instance.recall(tx, MOVED)


async def begun(tx: Transaction) -> bool:
    """Whether this is the target of a move that did not come to its end."""
    return await instance.recall(tx, UNFINISHED) is not None


async def begin(tx: Transaction) -> None:
    """The target, before its first row."""
    await instance.remember(tx, UNFINISHED, "1")


async def leave(tx: Transaction, there: str) -> None:
    """The source, once its copy is proven: it is over. `there` is for people; no password is in it."""
    await instance.remember(tx, MOVED, there)


async def arrive(tx: Transaction) -> None:
    """The target, once the source is left."""
    await tx.execute("DELETE FROM kept WHERE name = :name", name=UNFINISHED)


async def come_back(tx: Transaction) -> bool:
    """The source is to go on after all; False when it never was left."""
    return await tx.execute("DELETE FROM kept WHERE name = :name", name=MOVED) == 1
