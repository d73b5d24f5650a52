"""Times in which a creator's live events did not reach the bridge."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, Millis
from storage.rows import record_of

OFFLINE = "offline"  # the bridge did not run
SILENT = "silent"  # Fanvue sent nothing although something happened


@dataclass(frozen=True)
class EventGap:
    """One such time; `ended` None: it goes on."""

    id: str
    creator: CreatorId
    kind: str
    began: Millis
    ended: Millis | None
    recovered: int = 0


async def add(tx: Transaction, gap: EventGap) -> None:
    """Remember a gap; the database refuses a second open silence of one creator."""
    await tx.execute(
        """INSERT INTO gaps (id, creator_uuid, kind, began, ended, recovered)
           VALUES (:id, :creator, :kind, :began, :ended, :recovered)""",
        **vars(gap),
    )


async def silence(tx: Transaction, creator: CreatorId) -> EventGap | None:
    """The creator's silence that goes on."""
    row = await tx.one(
        "SELECT * FROM gaps WHERE creator_uuid = :creator AND kind = 'silent' AND ended IS NULL",
        creator=creator,
    )
    return record_of(EventGap, row) if row else None


async def since(tx: Transaction, creator: CreatorId, at: Millis) -> list[EventGap]:
    """The creator's gaps that began then or later, oldest first."""
    rows = await tx.all(
        "SELECT * FROM gaps WHERE creator_uuid = :creator AND began >= :at ORDER BY began, id",
        creator=creator,
        at=at,
    )
    return [record_of(EventGap, row) for row in rows]


async def touching(tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis) -> list[EventGap]:
    """The creator's gaps of which a part lies in this time, oldest first; `until` is outside."""
    rows = await tx.all(
        """SELECT * FROM gaps WHERE creator_uuid = :creator AND began < :until
             AND (ended IS NULL OR ended > :since) ORDER BY began, id""",
        creator=creator,
        since=since,
        until=until,
    )
    return [record_of(EventGap, row) for row in rows]


async def silences(tx: Transaction) -> list[EventGap]:
    """Every silence that goes on, of creators that are linked; the oldest first."""
    rows = await tx.all(
        """SELECT gaps.* FROM gaps JOIN links ON links.creator_uuid = gaps.creator_uuid
           WHERE gaps.kind = 'silent' AND gaps.ended IS NULL AND links.state = 'active'
           ORDER BY gaps.began, gaps.id"""
    )
    return [record_of(EventGap, row) for row in rows]


async def end(tx: Transaction, gap: str, *, at: Millis, recovered: int) -> None:
    """A silence is over; so many messages were found meanwhile."""
    await tx.execute(
        "UPDATE gaps SET ended = :at, recovered = :recovered WHERE id = :id AND ended IS NULL",
        id=gap,
        at=at,
        recovered=recovered,
    )


async def around(tx: Transaction, creator: CreatorId, at: Millis) -> EventGap | None:
    """The gap in which this moment lies; the latest, should there be several."""
    row = await tx.one(
        """SELECT * FROM gaps
           WHERE creator_uuid = :creator AND began <= :at AND (ended IS NULL OR ended >= :at)
           ORDER BY began DESC, id LIMIT 1""",
        creator=creator,
        at=at,
    )
    return record_of(EventGap, row) if row else None
