"""A gateway as far as it is about who speaks for a bot, as a process.

python -m benchmarks.cluster.gateway_process URL NAME
"""

import asyncio
import signal
import sys

from benchmarks.cluster.start_barrier import say, told_to_begin
from benchmarks.cluster.worker_process import opened
from bot.app.shard_sessions import open_seat
from bot.engine.cluster.shard_lease import ShardLease

HAD, APPLICATION = "had", 7


async def _sit(seat: ShardLease) -> None:
    await seat.had()
    say(HAD)


async def _run(url: str, name: str) -> None:
    database, stop = await opened(url, name), asyncio.Event()
    keeping = asyncio.create_task(database.kept())
    await told_to_begin()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    seat = open_seat(
        database, url, application=APPLICATION, token=name, count=1, missing=lambda _number: None
    )
    async with seat:
        sitting = asyncio.create_task(_sit(seat))
        await stop.wait()
    for task in (sitting, keeping):
        task.cancel()
    await asyncio.wait({sitting, keeping})
    await database.close()


if __name__ == "__main__":
    asyncio.run(_run(*sys.argv[1:3]))
