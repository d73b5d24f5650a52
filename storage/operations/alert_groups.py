"""Alerts that share a message, and alerts that wait to join it."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.engine.outbox import effect_of
from storage.records import OPEN, CreatorId, Effect, EffectId, FanId, Millis, Stream
from storage.rows import record_of


@dataclass(frozen=True)
class SplitAlertMessage:
    """A message that some of its alerts have left: up to which one of their stream, and how many."""

    stream: Stream
    place: str
    newest: int
    number: int


async def above(tx: Transaction, effect: Effect) -> Effect | None:
    """The newest alert of the same stream that stands somewhere."""
    row = await tx.one(
        """SELECT * FROM outbox WHERE stream = :stream AND seq < :seq AND state = 'done'
             AND external_id IS NOT NULL ORDER BY seq DESC LIMIT 1""",
        stream=effect.stream,
        seq=effect.seq,
    )
    return effect_of(row) if row else None


async def sharing(tx: Transaction, stream: Stream, place: str) -> Sequence[Effect]:
    """Every alert of a stream that stands in this message, oldest first."""
    rows = await tx.all(
        """SELECT * FROM outbox WHERE stream = :stream AND state = 'done' AND external_id = :place
             AND kind IN ('alert', 'alert.private') ORDER BY seq""",
        stream=stream,
        place=place,
    )
    return [effect_of(row) for row in rows]


async def busy(tx: Transaction, stream: Stream) -> bool:
    """Whether one of its alerts is being posted, or added to a message, at this moment."""
    row = await tx.one(
        f"SELECT 1 AS one FROM outbox WHERE stream = :stream AND state = 'sending' AND {OPEN} LIMIT 1",  # noqa: S608 - a constant
        stream=stream,
    )
    return row is not None


async def edited(tx: Transaction, creator: CreatorId, kind: str) -> bool:
    """Whether an effect of this kind, which edits a creator's messages of alerts, is under way."""
    row = await tx.one(
        f"""SELECT 1 AS one FROM outbox WHERE creator_uuid = :creator AND kind = :kind AND state = 'sending'
              AND {OPEN} LIMIT 1""",  # noqa: S608 - a constant
        creator=creator,
        kind=kind,
    )
    return row is not None


async def leave(tx: Transaction, creator: CreatorId, fan: FanId) -> Sequence[tuple[Stream, str]]:
    """A fan's alerts stand no longer in messages that they share with others; which, by stream and place."""
    rows = await tx.all(
        """SELECT DISTINCT stream, external_id FROM outbox
           WHERE creator_uuid = :creator AND fan_uuid = :fan AND kind IN ('alert', 'alert.private')
             AND state = 'done' AND external_id IS NOT NULL AND EXISTS (
               SELECT 1 FROM outbox AS other
               WHERE other.stream = outbox.stream AND other.external_id = outbox.external_id
                 AND other.state = 'done' AND other.erased_at IS NULL
                 AND (other.fan_uuid IS NULL OR other.fan_uuid <> :fan))
           ORDER BY external_id""",
        creator=creator,
        fan=fan,
    )
    for row in rows:
        await tx.execute(
            """UPDATE outbox SET external_id = NULL
               WHERE stream = :stream AND external_id = :place AND fan_uuid = :fan""",
            stream=row["stream"],
            place=row["external_id"],
            fan=fan,
        )
    return [(Stream(row["stream"]), row["external_id"]) for row in rows]


async def over(tx: Transaction, creator: CreatorId, *, before: Millis) -> Sequence[SplitAlertMessage]:
    """Alerts that are older than this stand no longer in messages that they share with younger ones."""
    rows = await tx.all(
        """SELECT stream, external_id, MAX(seq) AS newest, COUNT(*) AS number FROM outbox AS due
           WHERE creator_uuid = :creator AND kind IN ('alert', 'alert.private') AND state = 'done'
             AND external_id IS NOT NULL AND created_at < :before
             AND external_id IN (
               SELECT external_id FROM outbox AS other
               WHERE other.creator_uuid = :creator AND other.kind IN ('alert', 'alert.private')
                 AND other.external_id IS NOT NULL AND other.created_at >= :before
                 AND other.state = 'done' AND other.erased_at IS NULL)
           GROUP BY stream, external_id ORDER BY external_id""",
        creator=creator,
        before=before,
    )
    for row in rows:
        await tx.execute(
            """UPDATE outbox SET external_id = NULL
               WHERE stream = :stream AND external_id = :place AND created_at < :before""",
            stream=row["stream"],
            place=row["external_id"],
            before=before,
        )
    return [record_of(SplitAlertMessage, row, place=row["external_id"]) for row in rows]


async def behind(
    tx: Transaction, effect: Effect, *, until: Millis, now: Millis, limit: int
) -> Sequence[Effect]:
    """Effects that wait untried behind an alert in its stream, decided by then; oldest first."""
    rows = await tx.all(
        """SELECT * FROM outbox WHERE stream = :stream AND seq > :seq AND state = 'pending' AND attempts = 0
             AND attempt_started IS NULL AND kind = :kind AND created_at <= :until AND not_before <= :now
           ORDER BY seq LIMIT :limit""",
        stream=effect.stream,
        seq=effect.seq,
        kind=effect.kind,
        until=until,
        now=now,
        limit=limit,
    )
    return [effect_of(row) for row in rows]


async def shown(tx: Transaction, effects: Sequence[EffectId], place: str, *, now: Millis) -> None:
    """Mark them as shown in the carried-out one's message; those begun meanwhile are left out."""
    for effect in effects:
        await tx.execute(
            """UPDATE outbox SET state = 'done', settled_at = :now, external_id = :place, reason = NULL,
                      attention = NULL
               WHERE id = :id AND state = 'pending' AND attempt_started IS NULL""",
            id=effect,
            now=now,
            place=place,
        )
