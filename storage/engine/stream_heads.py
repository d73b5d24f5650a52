"""The next effect of a stream; the others wait for it."""

from dataclasses import dataclass

from storage.database import FrequentStatement, Transaction
from storage.engine.audit_log import AWAITED
from storage.engine.hold_conditions import ANY
from storage.engine.outbox import BEGUN, FORGET_NOTE, STARTED, UNNOTED, effect_of
from storage.records import OPEN, OPEN_O, Effect, EffectId, EffectState, Millis, Stream
from storage.rows import record_of

_IN_TURN = "ORDER BY seq LIMIT 1"  # whatever waits, nothing of its stream passes it
_HEAD = f"""SELECT outbox.*, {ANY} AS hindered FROM outbox
    WHERE stream = :stream AND {OPEN} {_IN_TURN}"""  # noqa: S608 - constants
# On a file it is only looked at: another statement costs nothing there.
TAKE = FrequentStatement(
    f"SELECT head.*, 0 AS begun FROM ({_HEAD}) AS head",  # noqa: S608 - constants
    on_server=f"""WITH head AS ({_HEAD}), taken AS (
        UPDATE outbox SET {BEGUN} FROM head
        WHERE outbox.id = head.id AND head.state = 'pending' AND head.not_before <= :now
          AND NOT head.hindered AND head.kind = ANY (string_to_array(:plain, ' ')) RETURNING outbox.id)
        SELECT head.*, EXISTS (SELECT 1 FROM taken) AS begun FROM head""",  # noqa: S608 - constants
)
_FOLLOWING = FrequentStatement(
    f"""SELECT outbox.*, {ANY} AS hindered FROM outbox
       WHERE stream = :stream AND seq > :after AND {OPEN} {_IN_TURN}"""  # noqa: S608 - constants
)
_BEGIN_FREE = FrequentStatement(
    f"UPDATE outbox SET {STARTED} WHERE id = :id AND state = 'pending' AND not_before <= :now AND NOT {ANY}"  # noqa: S608 - constants
)
_OTHERS = f"SELECT 1 FROM outbox o WHERE o.stream = outbox.stream AND o.id <> :id AND {OPEN_O}"  # noqa: S608 - constants
_AWAITS = f"SELECT 1 FROM audit WHERE cause = :id AND {AWAITED}"  # noqa: S608 - constants
_ENDED = """UPDATE outbox SET state = :state, settled_at = :now, reason = :reason,
    external_id = COALESCE(:external_id, external_id)"""
_WHICH = f"""WHERE id = :id AND state IN ('pending', 'sending', 'unknown')
    RETURNING EXISTS ({_OTHERS}) AS more, EXISTS ({_AWAITS}) AS awaited, attention IS NOT NULL AS noted"""
_END = FrequentStatement(f"{_ENDED} {_WHICH}", on_server=f"{_ENDED}{UNNOTED} {_WHICH}")


async def head(tx: Transaction, stream: Stream) -> Effect | None:
    """The first effect of a stream that is not settled; the others wait for it."""
    found = await following(tx, stream)
    return found.effect if found else None


@dataclass(frozen=True)
class NextEffect:
    """An effect that is not settled; `hindered`: something may keep it from beginning (`hindrances.ANY`)."""

    effect: Effect
    hindered: bool
    begun: bool = False  # see `take`


async def following(tx: Transaction, stream: Stream, *, after: int = 0) -> NextEffect | None:
    """The first effect of a stream behind `after` that is not settled."""
    row = await tx.one(_FOLLOWING, stream=stream, after=after)
    return NextEffect(effect_of(row), bool(row["hindered"])) if row else None


async def take(tx: Transaction, stream: Stream, now: Millis, *, holder: str, plain: str) -> NextEffect | None:
    """Return the first unsettled effect of a stream, as it was; it may have `begun` now, by `holder`.

    Only one of a kind in `plain`, a list with spaces, whose time has come and which nothing may hinder.
    Of others more is to be asked before `storage.engine.outbox.begin`.
    """
    row = await tx.one(TAKE, stream=stream, now=now, holder=holder, plain=plain)
    return record_of(NextEffect, row, effect=effect_of(row)) if row else None


async def begin_free(tx: Transaction, effect: EffectId, now: Millis, *, holder: str) -> bool:
    """Pending → sending, by `holder`, where its time has come and nothing may hinder it."""
    return await tx.execute(_BEGIN_FREE, id=effect, now=now, holder=holder) == 1


async def give_back(tx: Transaction, effect: EffectId) -> None:
    """Sending → pending: it was begun, and never attempted."""
    await tx.execute(
        """UPDATE outbox SET state = 'pending', attempt_started = NULL, attempts = attempts - 1
           WHERE id = :id AND state = 'sending'""",
        id=effect,
    )


async def last_done(tx: Transaction, stream: Stream) -> Millis | None:
    """When the newest effect of a stream that took place did."""
    row = await tx.one(
        """SELECT settled_at FROM outbox WHERE stream = :stream AND state = 'done'
           ORDER BY seq DESC LIMIT 1""",
        stream=stream,
    )
    return row["settled_at"] if row else None


async def doubted_before(tx: Transaction, effect: EffectId) -> bool:
    """Whether one of unknown fate stands before it in its stream."""
    row = await tx.one(
        f"""SELECT 1 AS one FROM outbox o WHERE o.state = 'unknown' AND {OPEN_O}
              AND o.stream = (SELECT stream FROM outbox WHERE id = :id)
              AND o.seq < (SELECT seq FROM outbox WHERE id = :id) LIMIT 1""",  # noqa: S608 - a constant
        id=effect,
    )
    return row is not None


async def waiting_behind(tx: Transaction, effect: Effect) -> list[Effect]:
    """Effects that wait in its stream behind one of unknown fate."""
    rows = await tx.all(
        f"""SELECT * FROM outbox WHERE stream = :stream AND seq > :seq AND state = 'pending' AND {OPEN}
            ORDER BY seq""",  # noqa: S608 - a constant
        stream=effect.stream,
        seq=effect.seq,
    )
    return [effect_of(row) for row in rows]


@dataclass(frozen=True)
class RemainingEffects:
    """The rest to do once an effect has ended.

    `more`: another one of its stream is not settled. `awaited`: somebody's action waits to hear of it; see
    `storage.engine.audit_log.awaited`.
    """

    more: bool
    awaited: bool


async def end(
    tx: Transaction,
    effect: EffectId,
    state: EffectState,
    *,
    now: Millis,
    external_id: str | None = None,
    reason: str | None = None,
) -> RemainingEffects:
    """Record how an attempt, or the search for an unknown one, ended.

    Where it was settled already, nothing changes, and there may be anything left.
    """
    row = await tx.one(_END, id=effect, state=state, now=now, external_id=external_id, reason=reason)
    if row is not None and row["noted"]:
        await tx.execute(FORGET_NOTE, id=effect)
    return record_of(RemainingEffects, row) if row else RemainingEffects(more=True, awaited=True)
