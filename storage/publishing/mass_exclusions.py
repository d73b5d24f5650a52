"""Mass messages that leave fans out: by which list, and how far that one is."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, EffectId, FanId, Millis
from storage.rows import record_of

WANTED, BUILDING, READY, FAILED = "wanted", "building", "ready", "failed"


@dataclass(frozen=True)
class MassExclusion:
    """One mass message. Whom it leaves out is the ledger of the job."""

    effect: EffectId
    creator: CreatorId
    made: Millis
    planned: bool = False
    state: str = WANTED
    job: str | None = None
    list: str | None = None
    live: int = 0
    over: int = 0
    why: str | None = None
    frozen: Millis | None = None
    removed: Millis | None = None


async def add(tx: Transaction, one: MassExclusion) -> None:
    await tx.execute(
        """INSERT INTO left_out (effect_id, creator_uuid, state, job_id, list_uuid, planned, live, over, why,
                                 made_at, frozen_at, removed_at)
           VALUES (:effect, :creator, :state, :job, :list, :planned, :live, :over, :why,
                   :made, :frozen, :removed)""",
        creator=one.creator,
        planned=int(one.planned),
        made=one.made,
        **_changing(one),
    )


async def change(tx: Transaction, after: MassExclusion) -> None:
    """One that was just read is so from now on."""
    await tx.execute(
        """UPDATE left_out SET state = :state, job_id = :job, list_uuid = :list, live = :live, over = :over,
                  why = :why, frozen_at = :frozen, removed_at = :removed
           WHERE effect_id = :effect""",
        **_changing(after),
    )


async def get(tx: Transaction, effect: EffectId) -> MassExclusion | None:
    """Of a mass message; None: it leaves nobody out, or has not come so far."""
    row = await tx.one("SELECT * FROM left_out WHERE effect_id = :effect", effect=effect)
    return record_of(MassExclusion, row) if row else None


async def by_job(tx: Transaction, job: str) -> MassExclusion | None:
    """Of the job that fills its list."""
    row = await tx.one("SELECT * FROM left_out WHERE job_id = :job", job=job)
    return record_of(MassExclusion, row) if row else None


async def over_with(tx: Transaction, creator: CreatorId, *, before: Millis) -> list[MassExclusion]:
    """Those whose mass message ended longer ago than that, and whose list is still there.

    The list of one that is planned stays: Fanvue may look at it when it sends, and that may be moved.
    """
    rows = await tx.all(
        """SELECT l.* FROM left_out l JOIN outbox o ON o.id = l.effect_id
           WHERE l.creator_uuid = :creator AND l.list_uuid IS NOT NULL AND l.removed_at IS NULL
             AND l.planned = 0
             AND o.settled_at < :before AND o.state IN ('done', 'rejected', 'cancelled')
           ORDER BY l.made_at, l.effect_id""",
        creator=creator,
        before=before,
    )
    return [record_of(MassExclusion, row) for row in rows]


async def on_list(tx: Transaction, job: str) -> list[FanId]:
    """Fans surely on the list of a job."""
    rows = await tx.all(
        """SELECT fan_uuid FROM list_rows WHERE job_id = :job AND state IN ('added', 'there')
           ORDER BY place""",
        job=job,
    )
    return [FanId(row["fan_uuid"]) for row in rows]


async def in_conversation(tx: Transaction, creator: CreatorId, *, since: Millis, now: Millis) -> list[FanId]:
    """Fans who wrote or were answered since then, wait, or are claimed. Automated sends answer nobody."""
    rows = await tx.all(
        """SELECT fan_uuid FROM talks WHERE creator_uuid = :creator
             AND (waiting_since IS NOT NULL OR claimed_until > :now OR last_in >= :since
                  OR (last_out >= :since AND COALESCE(last_out_by, '') <> 'automated'))
           ORDER BY fan_uuid""",
        creator=creator,
        since=since,
        now=now,
    )
    return [FanId(row["fan_uuid"]) for row in rows]


def _changing(one: MassExclusion) -> dict[str, str | int | None]:
    return {
        "effect": one.effect,
        "state": one.state,
        "job": one.job,
        "list": one.list,
        "live": one.live,
        "over": one.over,
        "why": one.why,
        "frozen": one.frozen,
        "removed": one.removed,
    }
