"""A gateway process of its own: holds a session, or stands by, and says so."""

import asyncio
import random
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass

from bot.discord.client import point_at
from bot.discord.gateway import GatewayState, GatewaySupervisor
from bot.engine.cluster.identify_budget import SharedIdentifyBudget
from bot.engine.cluster.shard_lease import ShardLease
from bot.engine.cluster.shard_locks import NoShardLocks
from bot.engine.cluster.shard_timing import ShardTiming
from bot.engine.instance_lock import BotInUse
from storage.database import Database
from storage.engine.shard_locks import ShardLocks
from storage.engine.shards import ShardCandidate
from storage.errors import ShardsDiffer
from tests.discord.desk import Desk
from tests.discord.discord_test_server import APPLICATION, TOKEN, make_bot
from tests.engine.cluster.delivery_fixtures import opened

TIMING = ShardTiming(look=0.1, lease=5.0, silent=0.4)  # a busy machine is seconds late with everything
EVERY = 0.2  # seconds between two IDENTIFYs of a shard
DIFFER, LOST = 64, 65


def say(*words: object) -> None:
    """A line that the test reads."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


@dataclass(frozen=True)
class GatewayOrders:
    """The words of the command line."""

    url: str
    name: str
    api_url: str
    gateway_url: str
    count: str
    per_day: str
    locks: str


async def speak(seat: ShardLease, database: Database, orders: GatewayOrders) -> None:
    """Once there is a shard for it."""
    await seat.had()
    number, count = seat.shard().number, int(orders.count)
    budget = SharedIdentifyBudget(
        database, application=APPLICATION, shard=seat.shard, per_day=int(orders.per_day), every=EVERY
    )

    def report(state: GatewayState, _sentence: str | None) -> None:
        say(state.value, number)

    async with make_bot(Desk(), report, budget=budget, shards=count) as bot:
        rng = random.Random(number)  # noqa: S311 - jitter, not a secret
        speaking = asyncio.create_task(
            GatewaySupervisor(client=bot, token=TOKEN, budget=budget, report=report, rng=rng).run()
        )
        try:
            await seat.kept()
        finally:
            speaking.cancel()
            await asyncio.wait({speaking})


async def keep(orders: GatewayOrders) -> int:
    """Until it is told to stop."""
    point_at(orders.api_url, orders.gateway_url)
    database = await opened(orders.url, orders.name)
    keeping = asyncio.create_task(database.kept())
    seat = ShardLease(
        database=database,
        me=ShardCandidate(APPLICATION, orders.name, int(orders.count), TIMING.lease),
        locks=ShardLocks(orders.url, APPLICATION, orders.name) if orders.locks == "locks" else NoShardLocks(),
        timing=TIMING,
        missing=lambda number: say("missing", number),
    )
    try:
        async with seat:
            running = asyncio.create_task(speak(seat, database, orders))
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
            with suppress(asyncio.CancelledError):
                await running
    except ShardsDiffer as error:
        say("differ", error)
        return DIFFER
    except BotInUse:
        return LOST
    finally:
        keeping.cancel()
        await asyncio.wait({keeping})
        await database.close()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(keep(GatewayOrders(*sys.argv[1:]))))
