"""Facts that wait for a sweep, where several processes share the work.

In the time of their database. Not part of the schema, and in no backup: another start begins by catching up
anyway.
"""

from storage.database import Transaction
from storage.records import CreatorId, Millis

_TABLE = """CREATE TABLE IF NOT EXISTS bridge_catching_up (
    creator TEXT PRIMARY KEY, until BIGINT, calm BIGINT, silent BOOLEAN NOT NULL DEFAULT FALSE,
    returned BOOLEAN NOT NULL DEFAULT FALSE)"""
_NOW = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
_FORGET = f"""DELETE FROM bridge_catching_up
    WHERE until IS NULL AND COALESCE(calm, 0) < {_NOW} AND NOT silent AND NOT returned"""  # noqa: S608 - no value


async def ensure(tx: Transaction) -> None:
    """Have the table; call it before the others."""
    await tx.execute(_TABLE)


async def begin(tx: Transaction, creator: CreatorId, *, wait: Millis) -> None:
    """Their facts wait for so long, for a sweep to end."""
    await tx.execute(
        f"""INSERT INTO bridge_catching_up (creator, until) VALUES (:creator, {_NOW} + :wait)
            ON CONFLICT (creator) DO UPDATE SET until = excluded.until""",  # noqa: S608 - no value
        creator=creator,
        wait=wait,
    )


async def over(tx: Transaction, creator: CreatorId, *, calm: Millis) -> bool:
    """End the wait of their facts; for `calm`, live ones are held a moment. False: they did not wait."""
    await tx.execute(_FORGET)
    changed = await tx.execute(
        f"""UPDATE bridge_catching_up SET until = NULL, calm = {_NOW} + :calm
            WHERE creator = :creator AND until IS NOT NULL""",  # noqa: S608 - likewise
        creator=creator,
        calm=calm,
    )
    return changed == 1


async def silent(tx: Transaction, creator: CreatorId) -> None:
    await tx.execute(
        """INSERT INTO bridge_catching_up (creator, silent) VALUES (:creator, TRUE)
           ON CONFLICT (creator) DO UPDATE SET silent = TRUE""",
        creator=creator,
    )


async def heard(tx: Transaction, creator: CreatorId, *, wait: Millis) -> None:
    """A live event came; after a silence facts wait, and a sweep is asked for."""
    await tx.execute(
        f"""UPDATE bridge_catching_up SET silent = FALSE, returned = TRUE, until = {_NOW} + :wait
            WHERE creator = :creator AND silent""",  # noqa: S608 - likewise
        creator=creator,
        wait=wait,
    )


async def returned(tx: Transaction) -> list[CreatorId]:
    """Of whom live events have come back; only read."""
    rows = await tx.all("SELECT creator FROM bridge_catching_up WHERE returned ORDER BY creator")
    return [CreatorId(row["creator"]) for row in rows]


async def noted(tx: Transaction, creator: CreatorId) -> None:
    """Their sweep is asked for."""
    await tx.execute(
        "UPDATE bridge_catching_up SET returned = FALSE WHERE creator = :creator", creator=creator
    )


async def left(tx: Transaction, creator: CreatorId) -> tuple[Millis | None, Millis | None]:
    """The time that their facts still wait, and that live ones are held a moment; only read.

    None: not at all. A number below 0: their time is over.
    """
    row = await tx.one(
        f"""SELECT until - {_NOW} AS until, calm - {_NOW} AS calm FROM bridge_catching_up
            WHERE creator = :creator""",  # noqa: S608 - likewise
        creator=creator,
    )
    return (row["until"], row["calm"]) if row is not None else (None, None)
