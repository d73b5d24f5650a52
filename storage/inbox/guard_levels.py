"""The chosen strictness of each pack of the guard, by creator."""

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis


async def of_creator(tx: Transaction, creator: CreatorId) -> dict[str, str]:
    """Levels by the name of the pack; a pack that nobody set is not in it."""
    rows = await tx.all(
        "SELECT pack, level FROM guard_levels WHERE creator_uuid = :creator ORDER BY pack", creator=creator
    )
    return {row["pack"]: row["level"] for row in rows}


async def put(
    tx: Transaction, creator: CreatorId, pack: str, level: str, *, by: DiscordId, now: Millis
) -> None:
    """Let this hold for the pack in place of what held."""
    await tx.execute(
        """INSERT INTO guard_levels (creator_uuid, pack, level, changed_by, changed_at)
           VALUES (:creator, :pack, :level, :by, :now)
           ON CONFLICT (creator_uuid, pack) DO UPDATE SET level = excluded.level,
               changed_by = excluded.changed_by, changed_at = excluded.changed_at""",
        creator=creator,
        pack=pack,
        level=level,
        by=by,
        now=now,
    )
