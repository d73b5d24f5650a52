"""Creators whose server does not let the bot act: since when, why, who was told."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, EffectId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class PausedTarget:
    """One that is paused. `effect`: the one that was forbidden; None when the bot was removed."""

    creator: CreatorId
    since: Millis
    reason: str
    effect: EffectId | None


async def lost(tx: Transaction, target: PausedTarget, *, quiet: Millis) -> bool:
    """Remember that it is paused; True when the owner is to be told: not again within `quiet`."""
    row = await tx.one("SELECT * FROM paused_targets WHERE creator_uuid = :creator", creator=target.creator)
    if row is not None and row["ended"] is None:
        return False
    tell = row is None or row["told_at"] + quiet <= target.since
    await tx.execute(
        """INSERT INTO paused_targets (creator_uuid, since, ended, reason, outbox_id, told_at)
           VALUES (:creator, :since, NULL, :reason, :effect, :since)
           ON CONFLICT (creator_uuid) DO UPDATE SET since = excluded.since, ended = NULL,
               reason = excluded.reason, outbox_id = excluded.outbox_id,
               told_at = CASE WHEN :tell = 1 THEN excluded.told_at ELSE paused_targets.told_at END""",
        **vars(target),
        tell=int(tell),
    )
    return tell


async def back(tx: Transaction, creator: CreatorId, *, now: Millis) -> bool:
    """It takes what is posted again, if what was forbidden has ended since; False when it has not."""
    changed = await tx.execute(
        """UPDATE paused_targets SET ended = :now WHERE creator_uuid = :creator AND ended IS NULL
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.id = paused_targets.outbox_id
                             AND outbox.state IN ('pending', 'sending', 'unknown'))""",
        creator=creator,
        now=now,
    )
    return changed == 1


async def paused(tx: Transaction, creator: CreatorId) -> PausedTarget | None:
    """Since when and why nothing can be posted for a creator; None when it can."""
    row = await tx.one(
        "SELECT * FROM paused_targets WHERE creator_uuid = :creator AND ended IS NULL", creator=creator
    )
    return _target_of(row) if row else None


async def all_paused(tx: Transaction) -> list[PausedTarget]:
    """Every one that is paused, of creators that are linked; the longest first."""
    rows = await tx.all(
        """SELECT paused_targets.* FROM paused_targets
           JOIN links ON links.creator_uuid = paused_targets.creator_uuid AND links.state <> 'closed'
           WHERE ended IS NULL ORDER BY since, paused_targets.creator_uuid"""
    )
    return [_target_of(row) for row in rows]


def _target_of(row: Row) -> PausedTarget:
    return record_of(PausedTarget, row, effect=row["outbox_id"])
