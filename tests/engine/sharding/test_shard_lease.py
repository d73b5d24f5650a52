"""A process that stood still answers once it is sure to be the one who does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.engine.cluster.shard_lease import ShardLease
from bot.engine.cluster.shard_locks import NoShardLocks
from bot.engine.cluster.shard_timing import ShardTiming
from bot.engine.instance_lock import BotInUse
from bot.model.shards import Shard
from storage.database import Transaction
from storage.engine import shards
from storage.engine.postgres import PostgresDatabase
from storage.engine.shards import ShardCandidate
from tests.engine.cluster.delivery_fixtures import opened
from tests.engine.sharding.test_silent_processes import SilenceClock

TIMING = ShardTiming(look=0.02, lease=8.0, silent=4.0)


@pytest.fixture
async def database(url: str) -> AsyncIterator[PostgresDatabase]:
    """With the tables of what is held."""
    made = await opened(url, "one")
    keeping = asyncio.create_task(made.kept())
    await made.write(shards.ensure)
    yield made
    keeping.cancel()
    await asyncio.wait({keeping})
    await made.close()


@pytest.fixture
def clock() -> SilenceClock:
    return SilenceClock()


@pytest.fixture
async def seat(database: PostgresDatabase, clock: SilenceClock) -> AsyncIterator[ShardLease]:
    """The second of two, whose first is somebody's."""
    await database.write(lambda tx: takes(tx, 0))
    made = ShardLease(
        database=database,
        me=ShardCandidate(71, "one", 2, TIMING.lease),
        locks=NoShardLocks(),
        timing=TIMING,
        monotonic=clock,
    )
    async with made:
        yield made


async def takes(tx: Transaction, shard: int) -> None:
    """Somebody else has this one for an hour."""
    await tx.execute(
        """INSERT INTO bridge_shards (application, shard, holder, renewed, until)
           VALUES (71, :shard, 'somebody', 1, clock_timestamp() + INTERVAL '1 hour')
           ON CONFLICT (application, shard) DO UPDATE SET holder = excluded.holder""",
        shard=shard,
    )


async def test_it_takes_what_nobody_has_and_is_sure_of_it(seat: ShardLease) -> None:
    await seat.had()
    await seat.sure()

    assert (seat.shard(), seat.stands_by) == (Shard(1, 2), False)


async def test_after_standing_still_nothing_is_sure_until_the_hold_was_renewed(
    seat: ShardLease, clock: SilenceClock
) -> None:
    await seat.had()

    clock.now += TIMING.lease
    waiting = asyncio.create_task(seat.sure())
    early, _ = await asyncio.wait({waiting}, timeout=0)
    await waiting

    assert not early


async def test_whoever_lost_it_meanwhile_answers_nothing_and_ends(
    seat: ShardLease, clock: SilenceClock, database: PostgresDatabase
) -> None:
    await seat.had()

    clock.now += TIMING.lease
    waiting = asyncio.create_task(seat.sure())
    await database.write(lambda tx: takes(tx, 1))
    with pytest.raises(BotInUse, match="Another process took over"):
        await seat.kept()

    answered = waiting.done()
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    assert not answered
