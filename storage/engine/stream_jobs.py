"""The streams to be drained, kept by procrastinate beside their effects.

Each bot has a queue of its own, which only its workers listen to: a stream lies in the queue of the bot on
whose servers its creator is, or that was asked.

*Drain this stream* is one job whose lock and queueing lock are the stream: at most one waits, at most one
runs. It is deferred in the transaction that wrote the effect, and says nothing that the outbox does not say:
all jobs may be thrown away and made again from there. So procrastinate's tables and functions, which lie
beside ours under names of their own, are never brought up to date, backed up or moved.

A process that defers is alone, as every writer is (storage/engine/group_commit.py), so that two never defer
the same stream.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.engine import guild_assignments, instance
from storage.engine.migrate import statements
from storage.errors import DatabaseInUse
from storage.records import Millis, Stream

TASK = "drain"
_VERSION = "procrastinate"
_LAID_OUT = "by bot"  # how we use it, as part of its version: jobs that lie otherwise are made anew
# Whatever there is, of whichever version.
_DROP = """DO $$
DECLARE one RECORD;
BEGIN
    FOR one IN SELECT relname FROM pg_class WHERE relkind = 'r'
        AND relnamespace = to_regnamespace(current_schema()) AND starts_with(relname, 'procrastinate_')
    LOOP EXECUTE 'DROP TABLE IF EXISTS ' || quote_ident(one.relname) || ' CASCADE'; END LOOP;
    FOR one IN SELECT CAST(oid AS regprocedure) AS named FROM pg_proc
        WHERE pronamespace = to_regnamespace(current_schema()) AND starts_with(proname, 'procrastinate_')
    LOOP EXECUTE 'DROP FUNCTION IF EXISTS ' || one.named || ' CASCADE'; END LOOP;
    FOR one IN SELECT typname FROM pg_type WHERE typtype IN ('e', 'c')
        AND typnamespace = to_regnamespace(current_schema()) AND starts_with(typname, 'procrastinate_')
    LOOP EXECUTE 'DROP TYPE IF EXISTS ' || quote_ident(one.typname) || ' CASCADE'; END LOOP;
END $$"""
# A function, because its plan is kept from one call to the next: planning takes longer than looking.
_BOT_OF = f"""CREATE OR REPLACE FUNCTION bridge_bot_of(TEXT, BIGINT) RETURNS BIGINT
LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN {guild_assignments.WHOSE.replace(":whose", "$1").replace(":own", "$2")}; END $$"""
_WAITING = """SELECT procrastinate_cancel_job_v1(id, false, true) AS id FROM procrastinate_jobs
    WHERE queueing_lock = :stream AND status = 'todo'"""
_DEFER = f"""SELECT procrastinate_defer_jobs_v1(CAST(ARRAY[ROW(
        'streams ' || bridge_bot_of(:whose, CAST(:own AS BIGINT)),
        '{TASK}', 0, :stream, :stream, '{{}}', NULL)] AS procrastinate_job_to_defer_v1[]))"""
_DEFER_UNTIL = _DEFER.replace(", NULL)]", ", clock_timestamp() + :wait * INTERVAL '1 millisecond')]")


@dataclass(frozen=True)
class StreamJob:
    """One drain that somebody has begun; `worker` is theirs, None when they said good-bye meanwhile."""

    id: int
    stream: Stream
    worker: int | None


def queue_of(application: int) -> str:
    """The queue of one bot, by Discord's id of it."""
    return f"streams {application}"


async def ensure(tx: Transaction, *, schema: str, version: str, others: bool = False) -> bool:
    """Make what procrastinate of this version needs, by its own file; return whether it was made now.

    Jobs that were there are gone then: wake every stream with open work.
    Raises DatabaseInUse when it would be made again under the feet of `others`.
    """
    version = f"{version} {_LAID_OUT}"
    there = await tx.one("SELECT to_regclass('procrastinate_jobs') IS NOT NULL AS there")
    if there and there["there"] and await instance.recall(tx, _VERSION) == version:
        return False
    if others and there and there["there"]:
        raise DatabaseInUse(
            "Other processes use this database with another version of procrastinate. Stop all processes of "
            "the old version before one of the new version starts."
        )
    for statement in (_DROP, *statements(schema), _BOT_OF):
        await tx.execute(statement)
    await instance.remember(tx, _VERSION, version)
    return True


async def wake(tx: Transaction, stream: Stream, *, own: int = 0) -> None:
    """Have a stream drained once this transaction is durable, whenever it was to be drained before.

    `own`: the bot of this process, which a stream belongs to of which nobody else is known.
    """
    # Made anew although one may wait: a worker that has just taken the old one may not see what we wrote,
    # one that waits for its time must not, and only a new one is told to workers that sleep.
    await tx.execute(_WAITING, stream=stream)
    await tx.one(_DEFER, stream=stream, whose=_whose(stream), own=own)


async def take_over(tx: Transaction, stream: Stream) -> bool:
    """Let the drainer of a stream drain it again, in place of the waiting job; False when none waits."""
    rows = await tx.all(_WAITING, stream=stream)
    return any(row["id"] is not None for row in rows)


async def come_back(tx: Transaction, stream: Stream, *, wait: Millis, own: int = 0) -> None:
    """Have a stream that is being drained drained again after `wait`, if nobody has woken it meanwhile."""
    if await tx.one(
        "SELECT 1 AS one FROM procrastinate_jobs WHERE queueing_lock = :stream AND status = 'todo'",
        stream=stream,
    ):
        return
    await tx.one(_DEFER_UNTIL, stream=stream, whose=_whose(stream), own=own, wait=max(wait, 0))


async def take_up(tx: Transaction, job: StreamJob, *, own: int = 0) -> bool:
    """Have a stream drained again whose drain nobody ends; False when somebody else was faster."""
    deleted = await tx.execute(
        """DELETE FROM procrastinate_jobs
           WHERE id = :id AND status IN ('doing', 'failed') AND worker_id IS NOT DISTINCT FROM :worker""",
        id=job.id,
        worker=job.worker,
    )
    if not deleted:
        return False
    await wake(tx, job.stream, own=own)
    return True


async def waiting(tx: Transaction) -> Sequence[Stream]:
    """Every stream that waits to be drained or is being drained, now or at its time."""
    rows = await tx.all(
        "SELECT DISTINCT lock FROM procrastinate_jobs WHERE status IN ('todo', 'doing') ORDER BY lock"
    )
    return [Stream(row["lock"]) for row in rows]


def _whose(stream: Stream) -> str:
    """The creator that a stream belongs to, or the command; as `bot.engine.streams` makes them."""
    return stream.split(":")[1] if ":" in stream else ""
