"""Forgotten fans, under names that say nothing; the sweeps' memory of them."""

from storage.database import Transaction
from storage.records import CreatorId, FanId, Millis


async def add(tx: Transaction, creator: CreatorId, fan: FanId, name: FanId, *, now: Millis) -> None:
    """Forget a fan: the sweeps' memory of them, and nothing else, stands under `name` from now on."""
    await tx.execute(
        """INSERT INTO forgotten_fans (creator_uuid, name, at) VALUES (:creator, :name, :now)
           ON CONFLICT (creator_uuid, name) DO UPDATE SET at = excluded.at""",
        creator=creator,
        name=name,
        now=now,
    )
    for table in ("subscribers", "chat_marks"):
        await tx.execute(
            f"""UPDATE {table} SET fan_uuid = :name WHERE creator_uuid = :creator AND fan_uuid = :fan
                  AND NOT EXISTS (SELECT 1 FROM {table} AS known
                                  WHERE known.creator_uuid = :creator AND known.fan_uuid = :name)""",  # noqa: S608 - constants
            creator=creator,
            fan=fan,
            name=name,
        )


async def at(tx: Transaction, creator: CreatorId, name: FanId) -> Millis | None:
    """The last time the fan of this name was forgotten; None: they never were, or it is too long ago."""
    row = await tx.one(
        "SELECT at FROM forgotten_fans WHERE creator_uuid = :creator AND name = :name",
        creator=creator,
        name=name,
    )
    return row["at"] if row else None


async def names(tx: Transaction, creator: CreatorId) -> set[str]:
    """All names of a creator's forgotten fans."""
    rows = await tx.all("SELECT name FROM forgotten_fans WHERE creator_uuid = :creator", creator=creator)
    return {row["name"] for row in rows}
