"""How long it takes until another process has what one that died had."""

import time

from benchmarks.cluster.delivery_rates import laid
from benchmarks.cluster.gateway_process import HAD
from benchmarks.cluster.start_barrier import begin, gated, heard
from benchmarks.cluster.worker_process import HANGS, LOOKED, opened
from storage.engine import identify_counts, shards
from storage.engine.connect import open_database
from tests import postgres


async def of_a_gateway() -> float:
    """Seconds from kill -9 of the gateway that speaks for a bot until another one does."""
    with postgres.emptied() as url:
        await (await open_database(url, now=0)).close()
        database = await opened(url, "making")
        await database.write(shards.ensure)
        await database.write(identify_counts.ensure)
        await database.close()
        names = [[url, "one"], [url, "two"]]
        async with gated("benchmarks.cluster.gateway_process", names) as (first, second):
            begin([first])
            assert await heard(first) == HAD
            begin([second])
            first.kill()
            since = time.perf_counter()
            assert await heard(second) == HAD
            return time.perf_counter() - since


async def of_a_worker() -> float:
    """Seconds from kill -9 of a worker until another one looks for what it was sending."""
    with postgres.emptied() as url:
        names = [[url, "one"], [url, "two"]]
        async with laid(url, 1, 1, {HANGS: True}), gated("benchmarks.cluster.worker_process", names) as both:
            first, second = both
            begin([first])
            assert await heard(first) == HANGS
            begin([second])
            first.kill()
            since = time.perf_counter()
            assert await heard(second) == LOOKED
            return time.perf_counter() - since
