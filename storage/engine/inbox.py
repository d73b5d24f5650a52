"""Facts that came in: each kept once, read in the order in which they happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.engine.dialect import value_of
from storage.records import CreatorId, Fact, FactId, FactState, Millis
from storage.rows import record_of

_AT_ONCE = 50  # keys that one statement asks for


@dataclass(frozen=True)
class NewFact:
    """A fact before it is known whether somebody told it already."""

    id: FactId
    creator: CreatorId
    kind: str
    key: str
    source: str  # webhook, sweep or command
    source_at: Millis
    received_at: Millis
    state: FactState
    reason: str | None
    body: bytes  # sealed


async def keep(tx: Transaction, new: NewFact) -> bool:
    """Keep a fact; False when it is a repeat, which is only counted on the fact that is there."""
    kept = await tx.execute(
        """
        INSERT INTO inbox (id, creator_uuid, kind, fact_key, source, source_at, received_at, state, reason,
                           body_ct)
        VALUES (:id, :creator, :kind, :key, :source, :source_at, :received_at, :state, :reason, :body)
        ON CONFLICT (creator_uuid, kind, fact_key) DO NOTHING
        """,
        **vars(new),
    )
    if kept == 1:
        return True
    await tx.execute(
        """UPDATE inbox SET dup_count = dup_count + 1
           WHERE creator_uuid = :creator AND kind = :kind AND fact_key = :key""",
        creator=new.creator,
        kind=new.kind,
        key=new.key,
    )
    return False


async def have(tx: Transaction, creator: CreatorId, kind: str, keys: Sequence[str]) -> set[str]:
    """The ones of these keys that are kept already, from any source."""
    known: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        few = {f"key_{number}": key for number, key in enumerate(keys[start : start + _AT_ONCE])}
        names = ", ".join(f":{name}" for name in few)
        rows = await tx.all(
            f"""SELECT fact_key FROM inbox
                WHERE creator_uuid = :creator AND kind = :kind AND fact_key IN ({names})""",  # noqa: S608 - our own names
            creator=creator,
            kind=kind,
            **few,
        )
        found = {row["fact_key"] for row in rows}
        known.update(key for key in few.values() if value_of(key) in found or key in found)
    return known


async def next_new(tx: Transaction, creator: CreatorId) -> Fact | None:
    """The oldest fact of a creator that is not decided yet."""
    row = await tx.one(
        """SELECT * FROM inbox WHERE creator_uuid = :creator AND state = 'new'
           ORDER BY source_at, fact_key LIMIT 1""",
        creator=creator,
    )
    return fact_of(row) if row else None


async def get(tx: Transaction, fact: FactId) -> Fact | None:
    """One fact by its id."""
    row = await tx.one("SELECT * FROM inbox WHERE id = :id", id=fact)
    return fact_of(row) if row else None


async def settle(tx: Transaction, fact: FactId, state: FactState, *, reason: str | None = None) -> None:
    """Record how far the bridge is with a fact now."""
    await tx.execute(
        "UPDATE inbox SET state = :state, reason = :reason WHERE id = :id",
        id=fact,
        state=state,
        reason=reason,
    )


async def tell_after_all(tx: Transaction, fact: FactId, *, reason: str) -> bool:
    """Decide a fact that was kept quiet for this reason; False when it was not."""
    changed = await tx.execute(
        """UPDATE inbox SET state = 'new', reason = NULL
           WHERE id = :id AND state = 'done' AND reason = :reason AND erased_at IS NULL""",
        id=fact,
        reason=reason,
    )
    return changed == 1


async def creators_with_new(tx: Transaction) -> list[CreatorId]:
    """Every creator with a fact that is not decided yet."""
    rows = await tx.all(
        "SELECT DISTINCT creator_uuid FROM inbox WHERE state = 'new' ORDER BY creator_uuid",
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def take_up(tx: Transaction) -> int:
    """Quarantined → new for every linked creator: another program may read them; how many there were."""
    return await tx.execute(
        """UPDATE inbox SET state = 'new'
           WHERE state = 'quarantined'
             AND creator_uuid IN (SELECT creator_uuid FROM links WHERE state <> 'closed')"""
    )


async def adopt_orphans(tx: Transaction, creator: CreatorId) -> int:
    """Orphan → new for a creator who has just linked; how many there were."""
    return await tx.execute(
        """UPDATE inbox SET state = 'new', reason = NULL
           WHERE creator_uuid = :creator AND state = 'orphan'""",
        creator=creator,
    )


async def counts(tx: Transaction) -> dict[str, int]:
    """Count the facts in each state; a state without facts is 0."""
    rows = await tx.all("SELECT state, COUNT(*) AS facts FROM inbox GROUP BY state")
    return {state.value: 0 for state in FactState} | {row["state"]: row["facts"] for row in rows}


async def newest_at(tx: Transaction, creator: CreatorId) -> Millis | None:
    """The time of a creator's newest fact, from any source."""
    row = await tx.one(
        "SELECT MAX(source_at) AS newest FROM inbox WHERE creator_uuid = :creator", creator=creator
    )
    return row["newest"] if row else None


async def received(tx: Transaction, creator: CreatorId, source: str, *, since: Millis) -> int:
    """Count the facts that a source has told of a creator since then, without repeats."""
    row = await tx.one(
        """SELECT COUNT(*) AS facts FROM inbox
           WHERE creator_uuid = :creator AND source = :source AND received_at >= :since""",
        creator=creator,
        source=source,
        since=since,
    )
    return int(row["facts"]) if row else 0


async def received_last(tx: Transaction, creator: CreatorId, *, before: Millis) -> Millis | None:
    """The time a creator's last fact before this time came in, from any source."""
    row = await tx.one(
        """SELECT MAX(received_at) AS newest FROM inbox
           WHERE creator_uuid = :creator AND source IN ('webhook', 'sweep') AND received_at < :before""",
        creator=creator,
        before=before,
    )
    return row["newest"] if row else None


async def found_by_sweep(
    tx: Transaction, creator: CreatorId, *, since: Millis, happened_before: Millis | None = None
) -> int:
    """Count the messages of the time since then that only the sweep has told, without own sends."""
    row = await tx.one(
        """SELECT COUNT(*) AS facts FROM inbox
           WHERE creator_uuid = :creator AND source = 'sweep' AND received_at >= :since AND kind = 'message'
             AND dup_count = 0 AND source_at >= :since AND source_at < COALESCE(:before, source_at + 1)
             AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.creator_uuid = inbox.creator_uuid
                               AND claims.external_id = inbox.fact_key)""",
        creator=creator,
        since=since,
        before=happened_before,
    )
    return int(row["facts"]) if row else 0


def fact_of(row: Row) -> Fact:
    """The record of one row."""
    return record_of(Fact, row, key=row["fact_key"])
