"""The bridge's traces of a fan on Discord, and whether they are known for sure."""

from storage.database import Transaction
from storage.engine.outbox import effect_of
from storage.records import CreatorId, Effect, FanId


async def made(tx: Transaction, creator: CreatorId, fan: FanId, external_id: str) -> bool:
    """Whether an effect about this fan became this."""
    row = await tx.one(
        """SELECT 1 AS one FROM outbox
           WHERE creator_uuid = :creator AND fan_uuid = :fan AND external_id = :external_id LIMIT 1""",
        creator=creator,
        fan=fan,
        external_id=external_id,
    )
    return row is not None


async def in_doubt(tx: Transaction, creator: CreatorId, fan: FanId) -> bool:
    """Whether something about this fan may be on Discord without our knowing it."""
    row = await tx.one(
        """SELECT 1 AS one FROM outbox WHERE creator_uuid = :creator AND fan_uuid = :fan
             AND network = 'discord' AND attempt_started IS NOT NULL
             AND settled_at IS NULL AND state IN ('pending', 'sending', 'unknown') LIMIT 1""",
        creator=creator,
        fan=fan,
    )
    return row is not None


async def maker(tx: Transaction, creator: CreatorId, fan: FanId, external_id: str) -> Effect | None:
    """The effect about this fan that became this."""
    row = await tx.one(
        """SELECT * FROM outbox WHERE creator_uuid = :creator AND fan_uuid = :fan
             AND external_id = :external_id ORDER BY created_at, id LIMIT 1""",
        creator=creator,
        fan=fan,
        external_id=external_id,
    )
    return effect_of(row) if row else None
