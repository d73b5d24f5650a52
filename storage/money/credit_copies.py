"""Copies of mass messages in chats, and of which mass message each one is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, Millis


@dataclass(frozen=True)
class MassMessageCopy:
    """One fan's copy of a mass message."""

    item: str  # its own id on Fanvue, which a payment for it names
    at: Millis
    mass: str | None = None  # None: not known for certain


async def known(tx: Transaction, creator: CreatorId, items: Collection[str]) -> dict[str, str | None]:
    """Of those of these copies that are remembered: which mass message they are of."""
    names = {f"item_{place}": item for place, item in enumerate(items)}
    rows = await tx.all(
        f"""SELECT item, mass FROM credit_copies WHERE creator_uuid = :creator
              AND item IN ({", ".join(f":{name}" for name in names) or "NULL"})""",  # noqa: S608 - names only
        creator=creator,
        **names,
    )
    return {row["item"]: row["mass"] for row in rows}


async def add(tx: Transaction, creator: CreatorId, copies: Iterable[MassMessageCopy]) -> None:
    """Remember them; those known for certain stay."""
    for one in copies:
        await tx.execute(
            """INSERT INTO credit_copies (creator_uuid, item, mass, at) VALUES (:creator, :item, :mass, :at)
               ON CONFLICT (creator_uuid, item) DO UPDATE SET mass = excluded.mass
                   WHERE credit_copies.mass IS NULL AND excluded.mass IS NOT NULL""",
            creator=creator,
            **vars(one),
        )


async def prune(tx: Transaction, creator: CreatorId, *, before: Millis, limit: int) -> int:
    """Delete a batch of what is older than this; how many there were."""
    return await tx.execute(
        """DELETE FROM credit_copies WHERE creator_uuid = :creator AND item IN (
               SELECT item FROM credit_copies WHERE creator_uuid = :creator AND at < :before LIMIT :limit)""",
        creator=creator,
        before=before,
        limit=limit,
    )
