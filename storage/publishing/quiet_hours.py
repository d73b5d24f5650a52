"""Between which times of a creator's day a mass message asks once more."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class QuietHours:
    """Minutes since midnight, as the creator's clocks show them; `ends` is not in it."""

    begins: int
    ends: int


async def get(tx: Transaction, creator: CreatorId) -> QuietHours | None:
    """A creator's quiet hours; None: none."""
    row = await tx.one("SELECT begins, ends FROM quiet_hours WHERE creator_uuid = :creator", creator=creator)
    return record_of(QuietHours, row) if row else None


async def put(
    tx: Transaction, creator: CreatorId, hours: QuietHours | None, *, by: DiscordId, now: Millis
) -> None:
    """Let these hold from now on; None: none."""
    await tx.execute("DELETE FROM quiet_hours WHERE creator_uuid = :creator", creator=creator)
    if hours is None:
        return
    await tx.execute(
        """INSERT INTO quiet_hours (creator_uuid, begins, ends, changed_by, changed_at)
           VALUES (:creator, :begins, :ends, :by, :now)""",
        creator=creator,
        begins=hours.begins,
        ends=hours.ends,
        by=by,
        now=now,
    )
