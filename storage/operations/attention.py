"""Effects that wait for a person: parked with a sentence, settled by a word."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.engine.namesakes import ALIKE_BESIDE
from storage.records import CreatorId, DiscordId, EffectId, EffectState, FanId, Millis, Stream
from storage.rows import record_of

_LISTED = "attention IS NOT NULL AND kind NOT IN ('answer', 'board', 'board.waiting')"


@dataclass(frozen=True)
class WaitingEffect:
    """An effect that waits for a person, and where to look for what it is about."""

    id: EffectId
    network: str
    kind: str
    creator: CreatorId
    fan: FanId | None
    handle: str | None
    display_name: str | None
    state: EffectState
    why: str
    since: Millis
    made: Millis  # when it was decided
    guild: DiscordId | None  # of the fan's thread
    thread: DiscordId | None
    shown: str | None  # "channel:message" of the line that shows a reply, or the notice of a blocked one
    mistakable: bool = True  # another fan of the creator is named alike, as far as anybody told


async def why(tx: Transaction, effect: EffectId) -> str | None:
    """The task for a person about it; None: nothing."""
    row = await tx.one("SELECT attention FROM outbox WHERE id = :id", id=effect)
    return row["attention"] if row else None


async def ask(tx: Transaction, effect: EffectId, attention: str) -> None:
    """Park an effect for a person, with the sentence they will read."""
    await tx.execute("UPDATE outbox SET attention = :why WHERE id = :id", id=effect, why=attention)


async def again(tx: Transaction, effect: EffectId, *, now: Millis) -> bool:
    """Absent or rejected → pending, by a person's word; False when it is in no such state any more."""
    changed = await tx.execute(
        """UPDATE outbox SET state = 'pending', attempt_started = NULL, doubted_at = NULL, not_before = :now,
                  reason = NULL, settled_at = NULL, attention = NULL
           WHERE id = :id AND state IN ('absent', 'rejected')""",
        id=effect,
        now=now,
    )
    return changed == 1


async def give_up(tx: Transaction, effect: EffectId, *, now: Millis) -> bool:
    """Absent or rejected → cancelled, by a person's word."""
    changed = await tx.execute(
        """UPDATE outbox SET state = 'cancelled', settled_at = :now, attention = NULL
           WHERE id = :id AND state IN ('absent', 'rejected')""",
        id=effect,
        now=now,
    )
    return changed == 1


async def found(tx: Transaction, effect: EffectId, *, now: Millis, external_id: str | None) -> bool:
    """Absent → done: a thing looked for in vain is there after all; None: a person says so."""
    changed = await tx.execute(
        """UPDATE outbox SET state = 'done', settled_at = :now, external_id = :external_id, attention = NULL
           WHERE id = :id AND state = 'absent'""",
        id=effect,
        now=now,
        external_id=external_id,
    )
    return changed == 1


async def said(tx: Transaction, effect: EffectId, state: EffectState, *, now: Millis) -> bool:
    """Unknown → done or cancelled, by the word of a person who was asked; False when nobody is."""
    changed = await tx.execute(
        """UPDATE outbox SET state = :state, settled_at = :now, attention = NULL
           WHERE id = :id AND state = 'unknown' AND attention IS NOT NULL""",
        id=effect,
        state=state,
        now=now,
    )
    return changed == 1


async def waiting(tx: Transaction, creator: CreatorId, *, limit: int) -> list[WaitingEffect]:
    """Effects waiting for a person about one creator, oldest first."""
    rows = await tx.all(
        f"""SELECT o.id, o.network, o.kind, o.creator_uuid, o.fan_uuid, o.state, o.attention, o.created_at,
                  COALESCE(o.settled_at, o.attempt_started, o.created_at) AS since,
                  f.handle, f.display_name, t.guild_id, t.thread_id,
                  CASE WHEN {ALIKE_BESIDE} THEN 1 ELSE 0 END AS mistakable,
                  COALESCE(s.external_id, l.external_id) AS shown
           FROM (SELECT * FROM outbox WHERE creator_uuid = :creator AND {_LISTED}
                 ORDER BY created_at, stream, seq LIMIT :limit) o
           LEFT JOIN fans f ON f.creator_uuid = o.creator_uuid AND f.fan_uuid = o.fan_uuid
           LEFT JOIN threads t ON t.creator_uuid = o.creator_uuid AND t.fan_uuid = o.fan_uuid
                AND t.generation = (SELECT MAX(generation) FROM threads
                                    WHERE creator_uuid = o.creator_uuid AND fan_uuid = o.fan_uuid)
           LEFT JOIN outbox s ON s.cause = o.id AND s.part = 'show'
           LEFT JOIN outbox l ON l.id = o.cause AND o.kind = 'line.blocked'
           ORDER BY o.created_at, o.stream, o.seq""",  # noqa: S608 - constants
        creator=creator,
        limit=limit,
    )
    return [record_of(WaitingEffect, row, why=row["attention"], made=row["created_at"]) for row in rows]


async def creators_waiting(tx: Transaction) -> list[CreatorId]:
    """Every creator about whom something waits for a person: an effect, or a sign-in."""
    rows = await tx.all(
        f"""SELECT creator_uuid FROM outbox WHERE {_LISTED}
           UNION SELECT creator_uuid FROM links WHERE state = 'relink_required'"""  # noqa: S608 - a constant
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def how_many(tx: Transaction) -> int:
    """Count the effects that wait for a person, about all creators."""
    row = await tx.one(f"SELECT COUNT(*) AS effects FROM outbox WHERE {_LISTED}")  # noqa: S608 - a constant
    return int(row["effects"]) if row else 0


async def retry(tx: Transaction, creator: CreatorId, network: str, *, now: Millis) -> list[Stream]:
    """Let what is paused on one network go on now, not at its time; the streams it waits in."""
    rows = await tx.all(
        """UPDATE outbox SET not_before = :now
           WHERE creator_uuid = :creator AND network = :network AND attention IS NOT NULL
             AND state IN ('pending', 'unknown') AND not_before > :now
           RETURNING stream""",
        creator=creator,
        network=network,
        now=now,
    )
    return sorted({Stream(row["stream"]) for row in rows})
