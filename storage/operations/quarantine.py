"""Facts that were put aside: counted by reason, taken up or taken off the list."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, FactId, Millis
from storage.rows import record_of

_LISTED = "state = 'quarantined' AND looked_at IS NULL"


@dataclass(frozen=True)
class QuarantinedFacts:
    """All facts of one creator that were put aside for one reason and that nobody has looked at yet."""

    first: FactId  # stands for all of them
    creator: CreatorId
    kind: str  # as the outside named it
    why: str
    number: int
    since: Millis


async def put_aside(tx: Transaction, creator: CreatorId, *, limit: int) -> list[QuarantinedFacts]:
    """Facts put aside about one creator, oldest first."""
    rows = await tx.all(
        f"""SELECT MIN(id) AS first, creator_uuid, kind, reason, COUNT(*) AS facts,
                  MIN(received_at) AS since
           FROM inbox WHERE creator_uuid = :creator AND {_LISTED}
           GROUP BY creator_uuid, kind, reason ORDER BY since, first LIMIT :limit""",  # noqa: S608 - a constant
        creator=creator,
        limit=limit,
    )
    return [record_of(QuarantinedFacts, row, why=row["reason"], number=row["facts"]) for row in rows]


async def creators_with(tx: Transaction) -> list[CreatorId]:
    """Every linked creator about whom something was put aside that nobody has looked at yet."""
    rows = await tx.all(
        f"""SELECT DISTINCT creator_uuid FROM inbox
           WHERE {_LISTED} AND creator_uuid IN (SELECT creator_uuid FROM links WHERE state <> 'closed')
           ORDER BY creator_uuid"""  # noqa: S608 - a constant
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def take_up(tx: Transaction, like: FactId) -> int:
    """Quarantined → new for all that this fact stands for; how many there were."""
    return await _settle(tx, like, "state = 'new', reason = NULL")


async def look_at(tx: Transaction, like: FactId, *, now: Millis) -> int:
    """Take all that this fact stands for off the list; they stay put aside for a later program to read."""
    return await _settle(tx, like, "looked_at = :now", now=now)


async def _settle(tx: Transaction, like: FactId, change: str, **values: int) -> int:
    return await tx.execute(
        f"""UPDATE inbox SET {change}
           WHERE {_LISTED} AND (creator_uuid, kind, reason) =
                 (SELECT creator_uuid, kind, reason FROM inbox WHERE id = :like AND {_LISTED})""",  # noqa: S608 - constants
        like=like,
        **values,
    )
