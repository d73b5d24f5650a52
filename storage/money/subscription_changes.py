"""Changes of subscriptions, as events told them, and since when they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, Millis, Pseudonym
from storage.rows import record_of

BEGAN, RENEWED, ENDED, OFF, ON = "began", "renewed", "ended", "off", "on"


@dataclass(frozen=True)
class SubscriptionEvent:
    """One of them. `due`: of a renewal and an end, which due date it was the answer to."""

    fan: Pseudonym | None  # None: somebody who had been forgotten by then
    change: str
    at: Millis
    due: Millis | None = None
    reason: str | None = None
    link: str | None = None


async def add(tx: Transaction, creator: CreatorId, change: SubscriptionEvent) -> None:
    """Keep it; the same one again changes nothing."""
    await tx.execute(
        """INSERT INTO subscription_changes (creator_uuid, fan, change, at, due_at, reason, link)
           VALUES (:creator, :fan_or_nobody, :change, :at, :due, :reason, :link)
           ON CONFLICT (creator_uuid, fan, change, at) DO NOTHING""",
        creator=creator,
        fan_or_nobody=change.fan or "",
        **vars(change),
    )


async def between(
    tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis
) -> Sequence[SubscriptionEvent]:
    """The changes in a time, oldest first; `until` is outside."""
    rows = await tx.all(
        """SELECT * FROM subscription_changes WHERE creator_uuid = :creator AND at >= :since AND at < :until
           ORDER BY at, fan, change""",
        creator=creator,
        since=since,
        until=until,
    )
    return [_change_of(row) for row in rows]


async def due_between(
    tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis
) -> Sequence[SubscriptionEvent]:
    """Renewals and ends of a time in which they were due, in the order in which they happened."""
    rows = await tx.all(
        """SELECT * FROM subscription_changes WHERE creator_uuid = :creator AND due_at IS NOT NULL
             AND due_at >= :since AND due_at < :until ORDER BY at, fan, change""",
        creator=creator,
        since=since,
        until=until,
    )
    return [_change_of(row) for row in rows]


async def unanswered(tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis) -> int:
    """Count subscriptions that were due in a time without anybody having told the outcome."""
    row = await tx.one(
        """SELECT COUNT(*) AS number FROM subscribers WHERE creator_uuid = :creator AND active = 1
             AND ends_at >= :since AND ends_at < :until""",
        creator=creator,
        since=since,
        until=until,
    )
    return int(row["number"]) if row else 0


async def kept_since(tx: Transaction, creator: CreatorId) -> Millis | None:
    """Since when changes are kept; None: nobody listens for this creator yet.

    That is when the creator was linked or this table was made. A database that was moved elsewhere has been
    made later than the oldest of its lines.
    """
    row = await tx.one(
        """SELECT watermarks.floor_at, migrations.applied_at,
                  (SELECT MIN(at) FROM subscription_changes WHERE creator_uuid = :creator) AS oldest
           FROM watermarks JOIN migrations ON migrations.name = 'subscription_changes'
           WHERE watermarks.creator_uuid = :creator""",
        creator=creator,
    )
    if row is None:
        return None
    made = row["applied_at"] if row["oldest"] is None else min(row["applied_at"], row["oldest"])
    return int(max(row["floor_at"], made))


def _change_of(row: Row) -> SubscriptionEvent:
    return record_of(SubscriptionEvent, row, fan=row["fan"] or None)
