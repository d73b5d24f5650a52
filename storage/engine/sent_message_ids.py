"""The send behind each message on the other side; none belongs to two."""

from storage.database import Transaction
from storage.records import CreatorId, EffectId


async def claim(tx: Transaction, creator: CreatorId, external_id: str, effect: EffectId) -> bool:
    """Say that a message on the other side is this effect's; False when another effect owns it."""
    changed = await tx.execute(
        """INSERT INTO claims (creator_uuid, external_id, outbox_id) VALUES (:creator, :external_id, :effect)
           ON CONFLICT (creator_uuid, external_id) DO NOTHING""",
        creator=creator,
        external_id=external_id,
        effect=effect,
    )
    return changed == 1


async def owner(tx: Transaction, creator: CreatorId, external_id: str) -> EffectId | None:
    """The effect that owns a message on the other side."""
    row = await tx.one(
        "SELECT outbox_id FROM claims WHERE creator_uuid = :creator AND external_id = :external_id",
        creator=creator,
        external_id=external_id,
    )
    return EffectId(row["outbox_id"]) if row else None
