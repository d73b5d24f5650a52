"""Each creator's subscribers, as far as anybody told."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, FanId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class SubscriptionTerms:
    """Since when a subscription runs, and how it goes on. None: nobody told."""

    since: Millis | None = None
    ends_at: Millis | None = None  # when it renews, or ends
    renews: bool | None = None


@dataclass(frozen=True)
class KnownSubscriber:
    """The last news of one fan."""

    fan: FanId
    active: bool
    told_by: str  # webhook, or sweep as long as no webhook told it too
    changed_at: Millis  # Fanvue's time
    noticed_at: Millis  # ours
    terms: SubscriptionTerms = SubscriptionTerms()


async def get(tx: Transaction, creator: CreatorId, fan: FanId) -> KnownSubscriber | None:
    """The known state of a fan."""
    row = await tx.one(
        "SELECT * FROM subscribers WHERE creator_uuid = :creator AND fan_uuid = :fan",
        creator=creator,
        fan=fan,
    )
    if row is None:
        return None
    return record_of(KnownSubscriber, row, fan=fan, terms=record_of(SubscriptionTerms, row))


async def put(tx: Transaction, creator: CreatorId, now_known: KnownSubscriber) -> None:
    """Remember what was told last; the terms stay as they are."""
    await tx.execute(
        """INSERT INTO subscribers (creator_uuid, fan_uuid, active, told_by, changed_at, noticed_at)
           VALUES (:creator, :fan, :active, :told_by, :changed_at, :noticed_at)
           ON CONFLICT (creator_uuid, fan_uuid) DO UPDATE SET active = excluded.active,
               told_by = excluded.told_by, changed_at = excluded.changed_at,
               noticed_at = excluded.noticed_at""",
        creator=creator,
        **vars(now_known),
    )


async def agreed(
    tx: Transaction, creator: CreatorId, fan: FanId, terms: SubscriptionTerms, *, at: Millis
) -> None:
    """These terms were told at that time, of somebody who is known. An older word changes nothing."""
    await tx.execute(
        """UPDATE subscribers SET since = COALESCE(:since, since), ends_at = :ends_at, renews = :renews,
               terms_at = :at
           WHERE creator_uuid = :creator AND fan_uuid = :fan AND (terms_at IS NULL OR terms_at <= :at)""",
        creator=creator,
        fan=fan,
        since=terms.since,
        ends_at=terms.ends_at,
        renews=None if terms.renews is None else int(terms.renews),
        at=at,
    )
