"""A fan's cap of mass messages in some days, and when a conversation is live."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of

LIVE_HOURS = 2  # unless somebody chose
_DAYS = 7


@dataclass(frozen=True)
class MassCap:
    """Values that hold unless somebody chose."""

    most: int | None = None  # None: no cap
    days: int = _DAYS
    live_hours: int = LIVE_HOURS


async def get(tx: Transaction, creator: CreatorId) -> MassCap:
    """A creator's cap."""
    row = await tx.one(
        "SELECT most, days, live_hours FROM mass_caps WHERE creator_uuid = :creator", creator=creator
    )
    return record_of(MassCap, row) if row else MassCap()


async def put(tx: Transaction, creator: CreatorId, cap: MassCap, *, by: DiscordId, now: Millis) -> None:
    """Let this hold from now on."""
    await tx.execute("DELETE FROM mass_caps WHERE creator_uuid = :creator", creator=creator)
    await tx.execute(
        """INSERT INTO mass_caps (creator_uuid, most, days, live_hours, changed_by, changed_at)
           VALUES (:creator, :most, :days, :hours, :by, :now)""",
        creator=creator,
        most=cap.most,
        days=cap.days,
        hours=cap.live_hours,
        by=by,
        now=now,
    )
