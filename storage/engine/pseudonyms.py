"""The keys of fans' pseudonyms, sealed; forgetting a fan is destroying theirs."""

from storage.database import FrequentStatement, Transaction
from storage.records import CreatorId, FanId

_KEY = FrequentStatement("SELECT key_ct FROM pseudonyms WHERE creator_uuid = :creator AND fan_uuid = :fan")


async def key(tx: Transaction, creator: CreatorId, fan: FanId) -> bytes | None:
    """The sealed key of a fan; None when they never had one, or were forgotten."""
    row = await tx.one(_KEY, creator=creator, fan=fan)
    return bytes(row["key_ct"]) if row else None


async def keep(tx: Transaction, creator: CreatorId, fan: FanId, sealed: bytes) -> None:
    """Keep a fan's first key; a fan who has one keeps it."""
    await tx.execute(
        """INSERT INTO pseudonyms (creator_uuid, fan_uuid, key_ct) VALUES (:creator, :fan, :sealed)
           ON CONFLICT (creator_uuid, fan_uuid) DO NOTHING""",
        creator=creator,
        fan=fan,
        sealed=sealed,
    )


async def after(tx: Transaction, creator: CreatorId, fan: FanId, limit: int) -> list[tuple[FanId, bytes]]:
    """The next fans of a creator in the order of their ids, with their sealed keys; '' begins."""
    rows = await tx.all(
        """SELECT fan_uuid, key_ct FROM pseudonyms WHERE creator_uuid = :creator AND fan_uuid > :fan
           ORDER BY fan_uuid LIMIT :limit""",
        creator=creator,
        fan=fan,
        limit=limit,
    )
    return [(FanId(row["fan_uuid"]), bytes(row["key_ct"])) for row in rows]


async def forget_fan(tx: Transaction, creator: CreatorId, fan: FanId) -> bool:
    """Destroy a fan's key: lines with their pseudonym name nobody any more. False: they had none.

    The audit log and the money lines stay as they are. If the fan comes again, they get another pseudonym.
    """
    gone = await tx.execute(
        "DELETE FROM pseudonyms WHERE creator_uuid = :creator AND fan_uuid = :fan", creator=creator, fan=fan
    )
    return gone == 1
