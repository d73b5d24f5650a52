"""What runs once among several processes, and who begins their run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial

import psycopg
import pytest

from bot.engine.cluster import admission
from bot.engine.cluster.task_leases import TaskLeases
from bot.engine.supervision import BackgroundTask, Heartbeat
from storage.engine import task_leases
from storage.engine.postgres import PostgresDatabase
from storage.errors import DatabaseUnreachable
from tests.audit_log_fixtures import begun
from tests.engine.cluster.delivery_fixtures import LEASE, ended, opened

# When a process has been there for as long as a lease, in seconds from now.
_SURE = "UPDATE bridge_members SET sure = clock_timestamp() + %s * INTERVAL '1 s' WHERE token = %s"


@pytest.fixture
async def two(url: str) -> AsyncIterator[tuple[PostgresDatabase, PostgresDatabase]]:
    """Processes that share a database; both show that they live."""
    async with AsyncExitStack() as stack:
        found = []
        for name in ("one", "two"):
            database = await opened(url, name)
            stack.push_async_callback(database.close)
            stack.push_async_callback(ended, asyncio.create_task(database.kept()))
            found.append(database)
        await begun(found[0])
        await found[0].write(task_leases.ensure)
        yield found[0], found[1]


class LeasedWork:
    """Notes who runs it; runs until it is cancelled."""

    def __init__(self) -> None:
        self.by: list[str] = []
        self.begun = asyncio.Event()

    def task(self, who: str, name: str = "sweeps") -> BackgroundTask:
        async def run(_beat: Heartbeat) -> None:
            self.by.append(who)
            self.begun.set()
            await asyncio.Event().wait()

        return BackgroundTask(name, run, 60.0)


async def _run(task: BackgroundTask) -> None:
    await task.run(lambda: None)


async def test_of_two_processes_one_runs_it(two: tuple[PostgresDatabase, PostgresDatabase]) -> None:
    work = LeasedWork()
    sides = [TaskLeases(database=each, me=name) for each, name in zip(two, ("one", "two"), strict=True)]
    leased = [side.once(work.task(name)) for side, name in zip(sides, ("one", "two"), strict=True)]
    tasks = [asyncio.create_task(_run(task)) for task in leased]

    await asyncio.gather(*(side.look() for side in sides))
    await asyncio.wait_for(work.begun.wait(), 60)
    for side in sides:
        await side.look()

    assert len(work.by) == 1
    assert sorted(len(side.mine) for side in sides) == [0, 1]
    for task in tasks:
        await ended(task)


async def test_whoever_was_started_at_the_same_time_gets_some_of_it(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    work, names = LeasedWork(), [f"task {number}" for number in range(9)]
    sides = [TaskLeases(database=each, me=name) for each, name in zip(two, ("one", "two"), strict=True)]
    for side in sides:
        for name in names:
            side.once(work.task("", name))

    for _ in range(4):
        for side in sides:
            await side.look()

    assert sides[0].mine | sides[1].mine == set(names)
    assert not sides[0].mine & sides[1].mine
    assert min(len(side.mine) for side in sides) >= 2


async def test_what_a_process_had_is_taken_when_it_leaves_and_not_before(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    work = LeasedWork()
    one, two_ = TaskLeases(database=two[0], me="one"), TaskLeases(database=two[1], me="two")
    one.once(work.task("one"))
    two_.once(work.task("two"))
    await one.look()
    await two_.look()
    before = two_.mine

    await two[0].close()
    await two_.look()

    assert before == set()
    assert two_.mine == {"sweeps"}


async def test_what_a_process_had_that_is_struck_out_is_taken(
    url: str, two: tuple[PostgresDatabase, ...]
) -> None:
    take = partial(task_leases.take, name="sweeps", me="two")
    await two[0].write(partial(task_leases.take, name="sweeps", me="one"))
    refused = await two[1].write(take)

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            """UPDATE bridge_members SET sure = clock_timestamp(),
               until = until - CASE WHEN token = 'one' THEN INTERVAL '1 h' ELSE INTERVAL '0' END"""
        )
    taken = await two[1].write(take)

    assert (refused, taken) == (False, True)


async def test_one_begins_the_run_and_the_others_wait_until_it_is_in(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    first = await admission.join(two[0], "one")
    waiting = asyncio.create_task(admission.join(two[1], "two"))
    done, _ = await asyncio.wait([waiting], timeout=0.8)

    await admission.came_in(two[0], "one")
    second = await asyncio.wait_for(waiting, 60)
    again = await admission.join(two[1], "two")

    assert (first, done, second, again) == (True, set(), False, False)


async def test_whoever_waits_begins_the_run_when_the_one_that_began_is_gone(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    await admission.join(two[0], "one")
    waiting = asyncio.create_task(admission.join(two[1], "two"))

    await two[0].close()

    assert await asyncio.wait_for(waiting, 60) is True


async def test_whoever_stands_by_lets_another_begin_and_begins_when_nobody_is_left(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    first = await admission.join(two[0], "one")
    await admission.stands_by(two[0], "one")
    second = await asyncio.wait_for(admission.join(two[1], "two"), 60)
    await admission.came_in(two[1], "two")
    meanwhile = await admission.begins(two[0], "one")
    await two[1].close()

    assert (first, second, meanwhile) == (True, True, False)
    assert await admission.begins(two[0], "one") is True


def outage(url: str, *away: str, begins: str) -> None:
    """As after an outage: these were away for long, and this one has just begun."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            """UPDATE bridge_members SET until = clock_timestamp() - INTERVAL '1 h'
               WHERE token = ANY(%s)""",
            (list(away),),
        )
        connection.execute(_SURE, (3 * LEASE, begins))  # later than it is, for machines that are slow


async def test_whoever_begins_as_an_outage_ends_waits_for_those_who_come_back(
    url: str, two: tuple[PostgresDatabase, PostgresDatabase]
) -> None:
    await admission.join(two[0], "one")
    await admission.came_in(two[0], "one")
    outage(url, "one", begins="two")

    begins = await asyncio.wait_for(admission.join(two[1], "two"), 60)

    assert begins is False
    await two[0].write(task_leases.ensure)


async def test_whoever_begins_after_a_short_outage_takes_the_word_of_nobody_who_is_away_yet(
    url: str, two: tuple[PostgresDatabase, PostgresDatabase]
) -> None:
    await admission.join(two[0], "one")
    await admission.came_in(two[0], "one")
    outage(url, "one", begins="two")
    with psycopg.connect(url, autocommit=True) as connection:  # its lease lasts, and it is not back
        connection.execute(
            """INSERT INTO bridge_members
               SELECT 'three', name, schema, 0, clock_timestamp() + %s * INTERVAL '1 s', clock_timestamp()
               FROM bridge_members WHERE token = 'one'""",
            (LEASE * 0.45,),
        )

    begins = await asyncio.wait_for(admission.join(two[1], "two"), 60)

    assert begins is False
    await two[0].write(task_leases.ensure)


async def test_whoever_begins_where_nobody_comes_back_goes_on_after_half_a_lease(
    url: str, two: tuple[PostgresDatabase, PostgresDatabase], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            """INSERT INTO bridge_members SELECT 'gone', name, schema, 0, until, sure FROM bridge_members
               WHERE token = 'one'"""
        )
    outage(url, "gone", "one", begins="two")
    await two[0].close()
    joins = asyncio.create_task(admission.join(two[1], "two"))
    early, _ = await asyncio.wait([joins], timeout=0.8)

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_SURE, (LEASE / 2 - 0.1, "two"))
    begins = await asyncio.wait_for(joins, 60)

    assert (early, begins) == (set(), True)
    assert await two[1].read(lambda tx: tx.all("SELECT token FROM bridge_members")) == [{"token": "two"}]
    assert [record.name for record in caplog.records].count("bot.engine.cluster.admission") == 1


async def test_whoever_is_away_and_knows_older_tables_is_not_waited_for(
    url: str, two: tuple[PostgresDatabase, PostgresDatabase]
) -> None:
    outage(url, "one", begins="two")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE bridge_members SET schema = schema + 1 WHERE token = 'two'")

    begins = await asyncio.wait_for(admission.join(two[1], "two"), 60)

    assert begins is True
    with pytest.raises(DatabaseUnreachable, match="in the meantime"):
        await two[0].write(task_leases.ensure)


async def test_whoever_stood_by_takes_nobody_for_gone_after_an_outage(
    url: str, two: tuple[PostgresDatabase, PostgresDatabase]
) -> None:
    await admission.join(two[0], "one")
    await admission.came_in(two[0], "one")
    await admission.join(two[1], "two")
    await admission.stands_by(two[1], "two")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE bridge_members SET until = until - INTERVAL '1 h'")

    begins = await admission.begins(two[1], "two")

    assert begins is False
    await two[0].write(task_leases.ensure)
