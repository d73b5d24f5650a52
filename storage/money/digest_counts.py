"""A digest's own count: subscriptions that run and will not renew."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class EndingSubscriptions:
    """Subscriptions that run and will not renew: how many, and when the first one ends, if that was told."""

    number: int = 0
    first: Millis | None = None


NONE_ENDING = EndingSubscriptions()


async def ending(tx: Transaction, creator: CreatorId, *, now: Millis) -> EndingSubscriptions:
    """The present subscribers who have switched the renewal off."""
    row = await tx.one(
        """SELECT COUNT(*) AS number, MIN(ends_at) AS first FROM subscribers
           WHERE creator_uuid = :creator AND active = 1 AND renews = 0
             AND (ends_at IS NULL OR ends_at > :now)""",
        creator=creator,
        now=now,
    )
    return record_of(EndingSubscriptions, row) if row else EndingSubscriptions()
