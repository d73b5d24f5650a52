"""Deliveries a second of several workers, and jobs a second of the bare engine."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import psycopg

from benchmarks.cluster import bare_worker
from benchmarks.cluster.start_barrier import begin, gated
from benchmarks.cluster.worker_process import KIND, driver_of, opened
from bot.engine.cluster.driver import prepare
from bot.engine.outbox import EffectRequest
from storage.database import Transaction
from storage.engine import rate_limit_buckets
from storage.engine.connect import open_database
from storage.records import CreatorId, Stream
from tests import postgres
from tests.audit_log_fixtures import begun
from tests.engine.cluster.delivery_fixtures import effects_of, ended

_CREATOR = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c11")
_IN_ONE = 200  # effects in one transaction while they are laid
_OPEN = "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending', 'unknown')"
_JOBS = "SELECT COUNT(*) FROM procrastinate_jobs WHERE queue_name = 'bare'"
_LAY = """INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
    SELECT 'bare', %s, 's' || (n %% %s), '{}' FROM generate_series(1, %s) n"""


@asynccontextmanager
async def laid(
    url: str, effects: int, streams: int, body: Mapping[str, Any] | None = None
) -> AsyncIterator[None]:
    """A database in which so many effects wait; whoever laid them is one of those that share it."""
    await (await open_database(url, now=0)).close()
    database = await opened(url, "laying")
    keeping = asyncio.create_task(database.kept())
    await begun(database)
    await prepare(database, "laying")
    await database.write(rate_limit_buckets.ensure)
    adding = effects_of(driver_of(database, url))

    async def lay(tx: Transaction, first: int) -> None:
        for number in range(first, min(first + _IN_ONE, effects)):
            stream = Stream(f"fv:{number % streams}")
            await adding.add(
                tx, EffectRequest("fanvue", KIND, stream, _CREATOR, str(number), "", dict(body or {}))
            )

    for first in range(0, effects, _IN_ONE):
        await database.write(partial(lay, first=first))
    yield
    await ended(keeping)
    await database.close()


async def deliveries(workers: int, effects: int, streams: int) -> float:
    """Deliveries a second."""
    with postgres.emptied() as url:
        async with laid(url, effects, streams):
            _analyze(url)
            names = [[url, f"worker-{number}"] for number in range(workers)]
            return effects / await _timed(url, "benchmarks.cluster.worker_process", names, _OPEN)


async def bare(workers: int, jobs: int, streams: int) -> float:
    """Jobs a second."""
    with postgres.emptied() as url:
        database = await opened(url, "laying")
        await prepare(database, "laying")
        await database.close()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_LAY, (bare_worker.TASK, streams, jobs))
        _analyze(url)
        return jobs / await _timed(url, "benchmarks.cluster.bare_worker", [[url]] * workers, _JOBS)


def _analyze(url: str) -> None:
    """As the server does by itself within a minute: until then it plans as if there were next to nothing."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


async def _timed(url: str, module: str, arguments: list[list[str]], left: str) -> float:
    """Seconds from the moment in which all begin until nothing is left."""
    async with gated(module, arguments) as processes:
        since = time.perf_counter()
        begin(processes)
        await asyncio.to_thread(_until_none, url, left)
        return time.perf_counter() - since


def _until_none(url: str, left: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            row = connection.execute(left.encode()).fetchone()
            if row is not None and row[0] == 0:
                return
            connection.execute("SELECT pg_sleep(0.05)")
