"""Which effects carry out what somebody else has drafted, and what was kept of it."""

from storage.database import Transaction
from storage.records import CreatorId, DraftId, EffectId, FanId


async def put(tx: Transaction, effect: EffectId, draft: DraftId, mark: str) -> None:
    """Note it with an effect that was just added; a mark has no text (`bot.model.draft_source`)."""
    await tx.execute(
        "UPDATE outbox SET draft_id = :draft, drafted = :mark WHERE id = :id",
        id=effect,
        draft=draft,
        mark=mark,
    )


async def of_effect(tx: Transaction, effect: EffectId) -> str | None:
    """None: a person wrote it all, or a version that knew no marks took it."""
    row = await tx.one("SELECT drafted FROM outbox WHERE id = :id", id=effect)
    return row["drafted"] if row is not None else None


async def newest_of_draft(tx: Transaction, draft: DraftId) -> EffectId | None:
    """The effect that was added last for this draft."""
    row = await tx.one(
        "SELECT id FROM outbox WHERE draft_id = :draft ORDER BY created_at DESC, id DESC LIMIT 1", draft=draft
    )
    return EffectId(row["id"]) if row is not None else None


async def under_way(tx: Transaction, creator: CreatorId, fan: FanId) -> list[str]:
    """The marks of what is being sent to a fan right now."""
    rows = await tx.all(
        """SELECT drafted FROM outbox WHERE creator_uuid = :creator AND fan_uuid = :fan
             AND state IN ('sending', 'unknown') AND kind = 'chat.send' AND drafted IS NOT NULL""",
        creator=creator,
        fan=fan,
    )
    return [row["drafted"] for row in rows]
