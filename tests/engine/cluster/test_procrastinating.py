"""The driver on procrastinate: jobs with their effects, workers that are gone."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial

import psycopg
import pytest

from bot.engine.clock import SystemClock
from bot.engine.cluster.driver import ProcrastinateDriver, prepare
from bot.engine.cluster.worker_timing import WorkerTiming
from storage.database import Database, Transaction
from storage.engine import instance, stream_jobs
from storage.engine.connect import open_database
from storage.engine.dialect import COLUMNS
from storage.errors import DatabaseUnreachable
from storage.records import Stream
from tests import postgres
from tests.engine.cluster.conftest import QUICK
from tests.engine.cluster.drain_stand_in import A, B, C, DrainRecorder, EffectTableDrain, driven, waking

_LISTENING = """SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN%'"""


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """The same, opened, with what procrastinate needs in it."""
    opened = await open_database(url, now=0)
    await prepare(opened)
    yield opened
    await opened.close()


@pytest.fixture
def driver(url: str, database: Database) -> Callable[[], ProcrastinateDriver]:
    """One more driver of that database."""
    return lambda: ProcrastinateDriver(database=database, url=url, clock=SystemClock(), timing=QUICK)


def asked(url: str, sql: str) -> list[tuple[object, ...]]:
    """What another program sees, or does."""
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(sql.encode()).fetchall()


async def test_a_job_is_there_from_the_commit_of_its_effect_on_and_not_before(
    url: str, database: Database, driver: Callable[[], ProcrastinateDriver]
) -> None:
    lane = EffectTableDrain(database)
    await lane.made()
    seen: list[object] = []
    one = driver()

    async def look(_tx: Transaction) -> None:
        seen.append((asked(url, "SELECT id FROM laid"), asked(url, "SELECT lock FROM procrastinate_jobs")))

    async def lay(tx: Transaction) -> None:
        await tx.execute("INSERT INTO laid (id, stream) VALUES ('1', :stream)", stream=A)
        one.wake(tx, A)
        tx.at_end("look", look)  # after the job was deferred, before the commit

    await database.write(lay)
    await look(lay)  # type: ignore[arg-type]

    assert seen == [([], []), ([("1",)], [(A,)])]


def wait_until_somebody_looked(url: str) -> None:
    """Return when a worker has asked for a job; in a thread."""
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(400):
            found = connection.execute(
                """SELECT pg_sleep(0.05), COUNT(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND query LIKE '%procrastinate_fetch_job%'
                     AND pid <> pg_backend_pid()"""
            ).fetchone()
            if found is not None and found[1]:
                return
    raise AssertionError("nobody has asked for a job")


async def test_a_worker_that_comes_in_the_middle_of_a_wake_sees_what_it_is_for(
    url: str, database: Database, driver: Callable[[], ProcrastinateDriver]
) -> None:
    one, lane, gate = driver(), EffectTableDrain(database), threading.Event()
    await lane.made()
    await database.write(waking(one, A))  # a job that a worker may take at any time

    async def held_up(_tx: Transaction) -> None:
        assert gate.wait(30)

    async def lay(tx: Transaction) -> None:
        await tx.execute("INSERT INTO laid (id, stream) VALUES ('1', :stream)", stream=A)
        one.wake(tx, A)
        tx.at_end("held up", held_up)

    laying = asyncio.create_task(database.write(lay))
    async with driven(driver(), lane.drain):
        await asyncio.to_thread(wait_until_somebody_looked, url)
        gate.set()
        await laying
        await lane.until(1)

    assert await lane.left() == []


async def test_what_was_woken_while_nobody_worked_is_drained_by_whoever_comes(
    database: Database, driver: Callable[[], ProcrastinateDriver]
) -> None:
    await database.write(waking(driver(), A, B))
    drains = DrainRecorder()

    async with driven(driver(), drains):
        await drains.until_ended(2)

    assert sorted(drains.begun) == [A, B]


async def test_a_drain_that_was_torn_away_is_begun_again_by_another_worker(
    database: Database, driver: Callable[[], ProcrastinateDriver]
) -> None:
    first, second, one = DrainRecorder(), DrainRecorder(), driver()
    first.may_end.clear()
    async with driven(one, first):
        await database.write(waking(one, A, B))
        await first.until(2)
        await database.write(waking(one, B))  # so that B waits already when it is torn away

    async with driven(driver(), second):
        await second.until_ended(2)

    assert sorted(second.begun) == [A, B]


async def test_two_workers_share_the_streams_and_never_drain_one_at_once(
    database: Database, driver: Callable[[], ProcrastinateDriver]
) -> None:
    lane, one, two = EffectTableDrain(database), driver(), driver()
    await lane.made()
    rows = [(Stream(f"xx:{number % 5}"), f"{number:03}") for number in range(100)]

    async with driven(one, lane.drain), driven(two, lane.drain):
        for stream, row in rows:
            await lane.lay(one if stream < Stream("xx:3") else two, stream, row)
        await lane.until(len(rows))

    assert await lane.left() == []
    assert not lane.twice


async def test_a_finished_job_leaves_nothing_behind(
    url: str, database: Database, driver: Callable[[], ProcrastinateDriver]
) -> None:
    drains, one = DrainRecorder(SystemClock().now() + 100), driver()
    async with driven(one, drains) as running:
        await database.write(waking(one, A))
        await drains.until_ended(2)
        one.stop()
        async with asyncio.timeout(30):
            await running

    assert asked(url, "SELECT id FROM procrastinate_jobs") == []
    assert asked(url, "SELECT id FROM procrastinate_events") == []
    assert asked(url, "SELECT id FROM procrastinate_workers") == []


async def test_the_streams_of_a_worker_that_shows_no_sign_of_life_are_drained_by_others(
    url: str, database: Database, driver: Callable[[], ProcrastinateDriver], caplog: pytest.LogCaptureFixture
) -> None:
    drains, one = DrainRecorder(), driver()
    await database.write(waking(one, A))
    asked(
        url,
        """INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - INTERVAL '1 minute')
           RETURNING id""",
    )
    asked(
        url,
        """UPDATE procrastinate_jobs SET status = 'doing',
               worker_id = (SELECT MAX(id) FROM procrastinate_workers) RETURNING id""",
    )

    async with driven(one, drains):
        await drains.until_ended(1)

    assert drains.begun == [A]
    assert "that nobody carries out any more" in caplog.text


@pytest.mark.parametrize(
    "state",
    [
        "status = 'doing', worker_id = (SELECT MAX(id) FROM procrastinate_workers)",
        "status = 'failed', worker_id = (SELECT MAX(id) FROM procrastinate_workers)",
    ],
    ids=["its end was not written", "it failed"],
)
async def test_a_job_whose_end_this_worker_could_not_write_down_is_no_longer_in_the_way(
    url: str, database: Database, driver: Callable[[], ProcrastinateDriver], state: str
) -> None:
    drains, one = DrainRecorder(), driver()
    async with driven(one, drains):
        await database.write(waking(one, B))
        await drains.until_ended(1)  # so it is registered by now
        asked(
            url,
            f"""INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, status, worker_id)
                SELECT '{stream_jobs.queue_of(0)}', '{stream_jobs.TASK}', 'xx:a', 'xx:a', 'cancelled', NULL
                RETURNING id""",
        )
        asked(url, f"UPDATE procrastinate_jobs SET {state} WHERE status = 'cancelled' RETURNING id")  # noqa: S608 - ours
        await drains.until_ended(2)

    assert drains.begun == [B, A]


async def test_only_one_of_two_takes_up_what_a_third_has_left(database: Database, url: str) -> None:
    made = asked(
        url,
        f"""INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, status)
            VALUES ('{stream_jobs.queue_of(0)}', '{stream_jobs.TASK}', 'xx:a', 'xx:a', 'doing')
            RETURNING id""",  # noqa: S608 - ours
    )
    job = stream_jobs.StreamJob(int(str(made[0][0])), A, None)

    taken = [await database.write(partial(stream_jobs.take_up, job=job)) for _ in range(2)]

    assert taken == [True, False]
    assert await database.read(stream_jobs.waiting) == [A]


async def test_a_worker_whose_every_connection_ends_goes_on_when_it_is_started_again(
    url: str, database: Database, driver: Callable[[], ProcrastinateDriver]
) -> None:
    drains, one = DrainRecorder(), driver()

    async def watched() -> None:  # as the supervisor does
        while True:
            with suppress(DatabaseUnreachable):
                await one.run(drains)

    task = asyncio.create_task(watched())
    await database.write(waking(one, A))
    await drains.until_ended(1)
    # What had ended may be drained again, for its end was not kept: what follows has names of its own.
    for stream in (B, C, Stream("xx:d")):
        ended = asked(
            url,
            """SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
               WHERE datname = current_database() AND application_name = 'fanvue-bridge jobs'""",
        )
        assert ended
        await database.write(waking(one, stream))
        await drains.until_begun(stream)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_server_that_cannot_be_reached_is_told_without_the_password(
    url: str, database: Database
) -> None:
    nowhere = postgres.with_password(url.replace(f"/{url.rpartition('/')[2]}", "/not_there"))
    one = ProcrastinateDriver(
        database=database, url=nowhere, clock=SystemClock(), timing=WorkerTiming(patience=0.5)
    )

    with pytest.raises(DatabaseUnreachable) as refused:
        await one.run(DrainRecorder())

    assert "hunter2" not in str(refused.value)


async def test_without_notifications_all_the_same_is_drained(url: str, database: Database) -> None:
    timing = WorkerTiming(poll=0.05, beat=0.2, gone=0.6, sweep=0.1, told=False)
    one, drains = (
        ProcrastinateDriver(database=database, url=url, clock=SystemClock(), timing=timing),
        DrainRecorder(),
    )

    with psycopg.connect(postgres.needed(), autocommit=True) as neighbour:  # of whom this is no question
        neighbour.execute("LISTEN elsewhere")
        async with driven(one, drains):
            await database.write(waking(one, A))
            await drains.until_ended(1)
            listening = asked(url, _LISTENING)

    assert listening == []


async def test_what_procrastinate_needs_is_made_once_and_anew_for_another_version(database: Database) -> None:
    again = await prepare(database)
    await database.write(partial(stream_jobs.wake, stream=A))
    before = await database.read(stream_jobs.waiting)
    await database.write(lambda tx: instance.remember(tx, "procrastinate", "0.1"))

    anew = await prepare(database)

    assert (again, before) == (False, [A])
    assert (anew, await database.read(stream_jobs.waiting)) == (True, [])


async def test_the_tables_of_the_engine_are_not_the_bridges(database: Database) -> None:
    rows = await database.read(lambda tx: tx.all(COLUMNS))

    assert [row["table"] for row in rows if "procrastinate" in row["table"]] == []
    assert "outbox" in {row["table"] for row in rows}


def test_a_worker_that_would_be_taken_for_dead_is_refused() -> None:
    with pytest.raises(ValueError, match="sign of life"):
        WorkerTiming(beat=5, gone=6)
