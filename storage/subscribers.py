"""Who is subscribed to whom, as far as anybody told."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, FanId, Millis


@dataclass(frozen=True)
class Subscriber:
    """What was told last of one fan."""

    fan: FanId
    active: bool
    told_by: str  # webhook, or sweep as long as no webhook told it too
    changed_at: Millis  # Fanvue's time
    noticed_at: Millis  # ours


async def get(tx: Transaction, creator: CreatorId, fan: FanId) -> Subscriber | None:
    """What is known of a fan."""
    row = await tx.one(
        "SELECT * FROM subscribers WHERE creator_uuid = :creator AND fan_uuid = :fan",
        creator=creator,
        fan=fan,
    )
    if row is None:
        return None
    return Subscriber(fan, bool(row["active"]), row["told_by"], row["changed_at"], row["noticed_at"])


async def put(tx: Transaction, creator: CreatorId, now_known: Subscriber) -> None:
    """Remember what was told last."""
    await tx.execute(
        """INSERT INTO subscribers (creator_uuid, fan_uuid, active, told_by, changed_at, noticed_at)
           VALUES (:creator, :fan, :active, :told_by, :changed_at, :noticed_at)
           ON CONFLICT (creator_uuid, fan_uuid) DO UPDATE SET active = excluded.active,
               told_by = excluded.told_by, changed_at = excluded.changed_at,
               noticed_at = excluded.noticed_at""",
        creator=creator,
        fan=now_known.fan,
        active=int(now_known.active),
        told_by=now_known.told_by,
        changed_at=now_known.changed_at,
        noticed_at=now_known.noticed_at,
    )
