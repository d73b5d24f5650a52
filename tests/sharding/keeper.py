"""A gateway process of its own: holds its share of a bot's sessions, and says so."""

import asyncio
import random
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass

from bot.guild.client import point_at
from bot.guild.gateway import Gateway, GatewayState
from bot.guild.identify import Shard
from bot.sharding.budget import SharedBudget
from bot.sharding.owning import NoLocks, ShardOwner
from bot.sharding.timing import ShardTiming
from storage.errors import ShardsDiffer
from storage.shard_locks import ShardLocks
from storage.shards import Gatekeeper
from tests.dispatching.parts import opened
from tests.guild.desk import Desk
from tests.guild.town import APPLICATION, TOKEN, make_bot

TIMING = ShardTiming(look=0.1, lease=2.5, silent=0.4)
EVERY = 0.2  # seconds between two IDENTIFYs of a part
DIFFER = 64


def say(*words: object) -> None:
    """A line that the test reads."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


@dataclass(frozen=True)
class Orders:
    """The words of the command line."""

    url: str
    name: str
    api_url: str
    gateway_url: str
    count: str
    per_day: str
    locks: str


async def keep(orders: Orders) -> int:
    """Until it is told to stop."""
    point_at(orders.api_url, orders.gateway_url)
    database = await opened(orders.url, orders.name)
    count, per_day = int(orders.count), int(orders.per_day)
    keeping = asyncio.create_task(database.kept())

    async def session(number: int) -> None:
        budget = SharedBudget(
            database, application=APPLICATION, shard=Shard(number, count), per_day=per_day, every=EVERY
        )

        def report(state: GatewayState, _sentence: str | None) -> None:
            say(state.value, number)

        async with make_bot(Desk(), report, budget=budget) as bot:
            rng = random.Random(number)  # noqa: S311 - jitter, not a secret
            await Gateway(client=bot, token=TOKEN, budget=budget, report=report, rng=rng).run()

    owner = ShardOwner(
        database=database,
        me=Gatekeeper(APPLICATION, orders.name, count, TIMING.lease),
        session=session,
        locks=ShardLocks(orders.url, APPLICATION, orders.name) if orders.locks == "locks" else NoLocks(),
        timing=TIMING,
    )
    running = asyncio.create_task(owner.run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    try:
        with suppress(asyncio.CancelledError):
            await running
    except ShardsDiffer as error:
        say("differ", error)
        return DIFFER
    finally:
        keeping.cancel()
        await asyncio.wait({keeping})
        await database.close()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(keep(Orders(*sys.argv[1:]))))
