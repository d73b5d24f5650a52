"""The effects that still wait: how many, since when, in which streams."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import OPEN, CreatorId, EffectId, Millis, Stream
from storage.rows import record_of


@dataclass(frozen=True)
class EffectQueue:
    """So many effects on one network; `oldest`: when the first of them was decided, None without any."""

    number: int
    oldest: Millis | None


async def waiting(tx: Transaction, creator: CreatorId, network: str) -> EffectQueue:
    """Effects with no end yet; filtered lines, boards, late edits and removals hold nobody up."""
    row = await tx.one(
        f"""SELECT COUNT(*) AS number, MIN(created_at) AS oldest FROM outbox
           WHERE creator_uuid = :creator AND network = :network AND {OPEN}
             AND kind NOT IN ('line.blocked', 'board', 'alert.anew', 'edit.again')
             AND kind NOT LIKE 'gone.%'""",  # noqa: S608 - a constant
        creator=creator,
        network=network,
    )
    return record_of(EffectQueue, row) if row else EffectQueue(0, None)


async def by_kind(tx: Transaction, creator: CreatorId) -> dict[tuple[str, bool], EffectQueue]:
    """Effects with no end yet, by kind and whether they are in doubt."""
    rows = await tx.all(
        f"""SELECT kind, state = 'unknown' AS doubted, COUNT(*) AS number, MIN(created_at) AS oldest
            FROM outbox WHERE creator_uuid = :creator AND {OPEN} GROUP BY kind, state = 'unknown'""",  # noqa: S608 - a constant
        creator=creator,
    )
    return {(row["kind"], bool(row["doubted"])): record_of(EffectQueue, row) for row in rows}


async def open_streams(tx: Transaction) -> list[Stream]:
    """Every stream with unsettled effects."""
    rows = await tx.all(f"SELECT DISTINCT stream FROM outbox WHERE {OPEN}")  # noqa: S608 - a constant
    return [Stream(row["stream"]) for row in rows]


@dataclass(frozen=True)
class EffectInFlight:
    """An in-flight effect and its holder; '': a process that was alone."""

    effect: EffectId
    stream: Stream
    holder: str


async def sending(tx: Transaction) -> list[EffectInFlight]:
    """Effects in flight, or left so when their process died."""
    rows = await tx.all(f"SELECT id, stream, holder FROM outbox WHERE state = 'sending' AND {OPEN}")  # noqa: S608 - a constant
    found = [record_of(EffectInFlight, row, effect=row["id"]) for row in rows]
    return sorted(found, key=lambda one: one.effect)


async def recover(tx: Transaction, effect: EffectId, *, now: Millis, not_before: Millis) -> None:
    """Mark an effect in flight when its process died: it may have arrived."""
    await tx.execute(
        """UPDATE outbox SET state = 'unknown', not_before = :not_before, doubted_at = :now,
                  attempt_started = COALESCE(attempt_started, :now),
                  reason = 'The bridge stopped while this was being sent.'
           WHERE id = :id AND state = 'sending'""",
        id=effect,
        now=now,
        not_before=not_before,
    )
