"""Several bots: each has a queue, and only its workers drain what lies there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial

import psycopg
import pytest

from bot.engine.clock import SystemClock
from bot.engine.cluster.driver import ProcrastinateDriver, prepare
from bot.engine.cluster.task_leases import TaskLeases
from storage.database import Database, Transaction
from storage.engine import commands, guild_assignments, stream_jobs, task_leases
from storage.engine.connect import open_database
from storage.engine.postgres import PostgresDatabase
from storage.inbox import forums
from storage.records import DiscordId, Stream
from tests.engine.cluster.conftest import QUICK
from tests.engine.cluster.delivery_fixtures import ended, opened
from tests.engine.cluster.drain_stand_in import DrainRecorder, driven, waking
from tests.engine.cluster.test_task_leases import LeasedWork
from tests.storage.record_fixtures import (
    CREATOR,
    GUILD,
    OTHER_CREATOR,
    OTHER_GUILD,
    a_creator_in,
    command,
    forum,
)
from tests.storage.test_forums import a_link

ONE, TWO = 71, 72
HERS, OTHERS = Stream(f"dc:{CREATOR}:fan-1"), Stream(f"dc:{OTHER_CREATOR}:fan-1")


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """Two bots with a server each, and a creator on each of those."""
    database = await open_database(url, now=0)
    await prepare(database)

    async def work(tx: Transaction) -> None:
        await guild_assignments.begin(tx, ONE, alone=False, now=0)
        await guild_assignments.claim(tx, GUILD, ONE, now=0)
        await guild_assignments.claim(tx, OTHER_GUILD, TWO, now=0)
        for creator in (CREATOR, OTHER_CREATOR):
            await a_creator_in(tx, creator)
        await forums.add(tx, forum(1, creator=CREATOR), 0)
        await forums.add(tx, forum(2, creator=OTHER_CREATOR, guild=OTHER_GUILD), 0)

    await database.write(work)
    yield database
    await database.close()


def driver(database: Database, url: str, application: int) -> ProcrastinateDriver:
    return ProcrastinateDriver(
        database=database, url=url, clock=SystemClock(), application=application, timing=QUICK
    )


def queues(url: str) -> dict[str, str]:
    """In which queue each stream lies."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT lock, queue_name FROM procrastinate_jobs WHERE status = 'todo'")
        return dict(found.fetchall())


async def test_each_bots_workers_drain_what_is_its_own_whoever_wakes_it(url: str, database: Database) -> None:
    one, two = (driver(database, url, application) for application in (ONE, TWO))
    first, second = DrainRecorder(), DrainRecorder()

    async with driven(one, first), driven(two, second):
        await database.write(waking(one, OTHERS))
        await database.write(waking(two, HERS))
        await first.until_ended(1)
        await second.until_ended(1)

    assert (first.begun, second.begun) == ([HERS], [OTHERS])


async def test_what_one_bots_only_worker_leaves_waits_for_another_of_its_own(
    url: str, database: Database
) -> None:
    one, two = (driver(database, url, application) for application in (ONE, TWO))
    first, second = DrainRecorder(), DrainRecorder()
    async with driven(two, second):
        await database.write(waking(two, HERS, OTHERS))
        await second.until_ended(1)

    async with driven(one, first):
        await first.until_ended(1)

    assert (first.begun, second.begun) == ([HERS], [OTHERS])


async def test_a_hint_goes_to_the_bot_whose_stream_it_is(url: str, database: Database) -> None:
    one, two = (driver(database, url, application) for application in (ONE, TWO))
    first, second = DrainRecorder(), DrainRecorder()

    async with driven(one, first), driven(two, second):
        two.hint_all([HERS, OTHERS])
        await first.until_ended(1)
        await second.until_ended(1)

    assert (first.begun, second.begun) == ([HERS], [OTHERS])


async def test_a_drain_that_comes_back_later_lies_with_its_bot(url: str, database: Database) -> None:
    await database.write(partial(stream_jobs.come_back, stream=OTHERS, wait=3_600_000, own=ONE))

    assert queues(url) == {OTHERS: "streams 72"}


async def test_a_drain_whose_worker_is_gone_is_begun_again_in_its_own_bots_queue(
    url: str, database: Database
) -> None:
    await database.write(partial(stream_jobs.wake, stream=HERS, own=ONE))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        row = connection.execute("SELECT id FROM procrastinate_jobs").fetchone()
    assert row is not None
    lost = stream_jobs.StreamJob(row[0], HERS, None)

    taken = await database.write(partial(stream_jobs.take_up, job=lost, own=TWO))  # by the other bot's worker

    assert taken
    assert queues(url) == {HERS: "streams 71"}


async def test_an_answer_lies_with_the_bot_that_was_asked(url: str, database: Database) -> None:
    asked = [
        command(1, application=TWO, guild=GUILD, creator=None),
        command(2, application=TWO, guild=DiscordId(0), creator=None),  # in a private message
        command(3, guild=OTHER_GUILD, creator=None),  # from before there could be several
        command(4, guild=DiscordId(9), creator=None),
    ]

    async def work(tx: Transaction) -> None:
        for one in asked:
            await commands.stage(tx, one)
            await stream_jobs.wake(tx, Stream(f"an:{one.id}"), own=ONE)

    await database.write(work)

    assert [queues(url)[f"an:{one.id}"] for one in asked] == ["streams 72"] * 3 + ["streams 71"]


@pytest.mark.parametrize("state", ["active", "closed"])
async def test_a_creator_without_a_forum_is_the_bots_that_their_newest_link_was_made_with(
    url: str, database: Database, state: str
) -> None:
    async def work(tx: Transaction) -> None:
        await forums.remove(tx, DiscordId(1))
        await a_link(tx, number=1, creator=CREATOR, guild=GUILD, state="closed")
        await a_link(tx, number=2, creator=CREATOR, guild=OTHER_GUILD, state=state)
        await stream_jobs.wake(tx, HERS, own=ONE)

    await database.write(work)

    assert queues(url) == {HERS: "streams 72"}


async def test_what_is_left_to_take_away_of_an_erased_creator_is_their_bots(
    url: str, database: Database
) -> None:
    async def work(tx: Transaction) -> None:
        await forums.remove(tx, DiscordId(2))
        await tx.execute(
            """INSERT INTO erasure_places (creator_uuid, channel_id, message_id, rank, guild_id)
               VALUES (:creator, 1, 1, 1, :guild)""",
            creator=OTHER_CREATOR,
            guild=OTHER_GUILD,
        )
        await stream_jobs.wake(tx, Stream(f"rm:{OTHER_CREATOR}"), own=ONE)

    await database.write(work)

    assert list(queues(url).values()) == ["streams 72"]


async def test_what_asks_discord_runs_once_for_each_bot(url: str) -> None:
    async with AsyncExitStack() as stack:
        sides = []
        for name, application in (("one", ONE), ("another", ONE), ("two", TWO)):
            shared: PostgresDatabase = await opened(url, name)
            stack.push_async_callback(shared.close)
            stack.push_async_callback(ended, asyncio.create_task(shared.kept()))
            await shared.write(task_leases.ensure)
            side = TaskLeases(database=shared, me=name, application=application)
            side.once(LeasedWork().task(name), of_bot=True)
            sides.append(side)
        for side in [*sides, *sides]:
            await side.look()
        mine = [side.mine for side in sides]

    assert mine == [{"sweeps 71"}, frozenset(), {"sweeps 72"}]
