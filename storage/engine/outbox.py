"""Effects still to be carried out, in order per stream, every end recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import FrequentStatement, Row, Transaction
from storage.records import OPEN, OPEN_O, CreatorId, Effect, EffectId, EffectState, FanId, Millis, Stream
from storage.rows import record_of

_ADD = FrequentStatement(
    f"""INSERT INTO outbox (id, stream, seq, network, kind, creator_uuid, fan_uuid, cause, part,
                          body_ct, state, attempt_started, not_before, nonce, created_at)
       SELECT :id, :stream, COALESCE(MAX(seq), 0) + 1, :network, :kind, :creator, :fan, :cause, :part,
              :body, :state, :begun, :not_before, :nonce, :created_at
       FROM outbox WHERE stream = :stream
       ON CONFLICT (cause, part) DO NOTHING
       RETURNING *, EXISTS (SELECT 1 FROM outbox o WHERE o.stream = outbox.stream AND o.id <> outbox.id
                              AND {OPEN_O}) AS behind"""  # noqa: S608 - constants
)
_AWAITED = FrequentStatement(
    f"SELECT 1 AS one FROM outbox WHERE stream = :stream AND state = 'pending' AND {OPEN} LIMIT 1"  # noqa: S608 - a constant
)
STARTED = """state = 'sending', attempts = outbox.attempts + 1, holder = :holder,
    attempt_started = COALESCE(outbox.attempt_started, :now)"""
# On a file a column that is written touches its indexes, whatever it was; so what nobody waits for is left.
UNNOTED, FORGET_NOTE = ", attention = NULL", "UPDATE outbox SET attention = NULL WHERE id = :id"
BEGUN = f"{STARTED}{UNNOTED}"  # on a server
_WHICH = "WHERE id = :id AND state = 'pending' RETURNING attention IS NOT NULL AS noted"
_BEGIN = FrequentStatement(
    f"UPDATE outbox SET {STARTED} {_WHICH}",  # noqa: S608 - constants
    on_server=f"UPDATE outbox SET {BEGUN} {_WHICH}",  # noqa: S608 - constants
)


@dataclass(frozen=True)
class OutboxEntry:
    """An effect before it has a place in its stream."""

    id: EffectId
    stream: Stream
    network: str
    kind: str
    creator: CreatorId
    fan: FanId | None
    cause: str
    part: str
    body: bytes
    nonce: str
    not_before: Millis
    created_at: Millis
    begun: Millis | None = None  # an earlier attempt, of which only this is known, began then or later


async def add(tx: Transaction, new: OutboxEntry) -> bool:
    """Append an effect to its stream; False when its cause already added this part."""
    return await append(tx, new) is not None


async def append(tx: Transaction, new: OutboxEntry) -> tuple[Effect, bool] | None:
    """The same; the effect, and whether others of its stream have not ended, or None."""
    row = await tx.one(_ADD, **vars(new), state=_first_state(new.begun))
    return (effect_of(row), bool(row["behind"])) if row else None


async def get(tx: Transaction, effect: EffectId) -> Effect | None:
    """One effect by its id."""
    row = await tx.one("SELECT * FROM outbox WHERE id = :id", id=effect)
    return effect_of(row) if row else None


async def awaited(tx: Transaction, stream: Stream) -> bool:
    """Whether an effect waits in this stream that has not begun: it will show what is true by then."""
    return await tx.one(_AWAITED, stream=stream) is not None


async def awaits(tx: Transaction, stream: Stream, kind: str) -> bool:
    """The same of one kind, where a stream has several."""
    row = await tx.one(
        f"""SELECT 1 AS one FROM outbox WHERE stream = :stream AND kind = :kind AND state = 'pending'
              AND {OPEN} LIMIT 1""",  # noqa: S608 - a constant
        stream=stream,
        kind=kind,
    )
    return row is not None


async def due_fans(tx: Transaction, creator: CreatorId, kind: str, *, now: Millis, most: int) -> list[FanId]:
    """Fans with an effect of one kind that may begin, or has just begun."""
    rows = await tx.all(
        f"""SELECT DISTINCT fan_uuid FROM outbox WHERE creator_uuid = :creator AND kind = :kind
              AND fan_uuid IS NOT NULL AND state IN ('pending', 'sending') AND not_before <= :now
              AND {OPEN}
            LIMIT :most""",  # noqa: S608 - a constant
        creator=creator,
        kind=kind,
        now=now,
        most=most,
    )
    return [FanId(row["fan_uuid"]) for row in rows]


async def by_cause(tx: Transaction, cause: str, part: str) -> Effect | None:
    """The effect that a cause added as `part`."""
    row = await tx.one("SELECT * FROM outbox WHERE cause = :cause AND part = :part", cause=cause, part=part)
    return effect_of(row) if row else None


async def newest(tx: Transaction, stream: Stream) -> Effect | None:
    """The effect that was added last to a stream, settled or not."""
    row = await tx.one("SELECT * FROM outbox WHERE stream = :stream ORDER BY seq DESC LIMIT 1", stream=stream)
    return effect_of(row) if row else None


async def put_off(tx: Transaction, effect: EffectId, *, not_before: Millis) -> bool:
    """Have an effect that was never tried wait until then; False when it was."""
    changed = await tx.execute(
        """UPDATE outbox SET not_before = :not_before
           WHERE id = :id AND state = 'pending' AND attempt_started IS NULL""",
        id=effect,
        not_before=not_before,
    )
    return changed == 1


async def open_of_kind(tx: Transaction, creator: CreatorId, kind: str) -> list[Effect]:
    """A creator's effects of one kind that have not ended."""
    rows = await tx.all(
        f"SELECT * FROM outbox WHERE creator_uuid = :creator AND kind = :kind AND {OPEN} ORDER BY seq",  # noqa: S608 - a constant
        creator=creator,
        kind=kind,
    )
    return [effect_of(row) for row in rows]


async def begin(tx: Transaction, effect: EffectId, now: Millis, *, holder: str = "") -> bool:
    """Pending → sending, by `holder`. Commit this before a byte leaves; False when somebody was faster."""
    row = await tx.one(_BEGIN, id=effect, now=now, holder=holder)
    if row is not None and row["noted"]:
        await tx.execute(FORGET_NOTE, id=effect)
    return row is not None


async def withdraw(tx: Transaction, effect: EffectId, *, now: Millis) -> bool:
    """Pending → cancelled, by a person's word; False when it was begun, or settled, already."""
    changed = await tx.execute(
        """UPDATE outbox SET state = 'cancelled', settled_at = :now, attention = NULL
           WHERE id = :id AND state = 'pending'""",
        id=effect,
        now=now,
    )
    return changed == 1


async def later(tx: Transaction, effect: EffectId, *, not_before: Millis, reason: str, charge: bool) -> None:
    """Sending → pending: surely not sent. An uncharged attempt does not count towards a limit."""
    await tx.execute(
        """UPDATE outbox SET state = 'pending', attempt_started = NULL, doubted_at = NULL,
                  not_before = :not_before, reason = :reason,
                  attempts = attempts - CASE WHEN :charge = 1 THEN 0 ELSE 1 END
           WHERE id = :id AND state = 'sending'""",
        id=effect,
        not_before=not_before,
        reason=reason,
        charge=int(charge),
    )


async def rewrite(
    tx: Transaction, effect: EffectId, *, kind: str, body: bytes, begun: Millis | None = None
) -> None:
    """Give an effect that is being carried out another kind and body; it waits again in its place.

    `begun`: as in `OutboxEntry`, of what it is from now on.
    """
    await tx.execute(
        """UPDATE outbox SET kind = :kind, body_ct = :body, state = :state, attempt_started = :begun,
                  doubted_at = NULL, attention = NULL
           WHERE id = :id AND state IN ('pending', 'sending')""",
        id=effect,
        kind=kind,
        body=body,
        state=_first_state(begun),
        begun=begun,
    )


async def in_stream(tx: Transaction, stream: Stream, *, since: Millis) -> Sequence[Effect]:
    """Every effect of a stream that was added since then, settled or not, oldest first."""
    rows = await tx.all(
        "SELECT * FROM outbox WHERE stream = :stream AND created_at >= :since ORDER BY seq",
        stream=stream,
        since=since,
    )
    return [effect_of(row) for row in rows]


async def unclaimed_sends(tx: Transaction, creator: CreatorId, fan: FanId) -> Sequence[Effect]:
    """Sends to a fan that were begun and whose Fanvue message is not known yet, oldest first."""
    rows = await tx.all(
        """SELECT * FROM outbox WHERE creator_uuid = :creator AND fan_uuid = :fan AND kind = 'chat.send'
             AND external_id IS NULL AND state IN ('sending', 'unknown', 'absent') ORDER BY seq""",
        creator=creator,
        fan=fan,
    )
    return [effect_of(row) for row in rows]


def _first_state(begun: Millis | None) -> EffectState:
    return EffectState.PENDING if begun is None else EffectState.UNKNOWN


def effect_of(row: Row) -> Effect:
    """The record of one row."""
    return record_of(Effect, row)
