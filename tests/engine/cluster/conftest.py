"""A driver of each kind on a database of its own, and several processes on one."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.engine.clock import SystemClock
from bot.engine.cluster.driver import ProcrastinateDriver, prepare
from bot.engine.cluster.worker_timing import WorkerTiming
from bot.engine.dispatch import InProcessDriver, StreamDriver
from storage.database import Database
from storage.engine import discord_routes, rate_limit_buckets
from storage.engine.connect import open_database
from tests import postgres
from tests.database_place import with_schema
from tests.engine.cluster.delivery_fixtures import opened

QUICK = WorkerTiming(poll=0.05, beat=0.2, gone=0.6, sweep=0.1)


@dataclass(frozen=True)
class DriverScenario:
    """One database, and drivers on it: at most `at_once` drains at once."""

    database: Database
    driver: Callable[[int], StreamDriver]


@pytest.fixture
def url() -> Iterator[str]:
    """A server's database of the test's own."""
    with postgres.emptied() as made:
        yield made


@pytest.fixture(params=["in one process", "procrastinate"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[DriverScenario]:
    """Each kind of driver, on the kind of database that it is for."""
    if request.param == "in one process":
        database = await open_database(with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3"), now=0)
        yield DriverScenario(database, lambda at_once: InProcessDriver(clock=SystemClock(), at_once=at_once))
        await database.close()
        return
    with postgres.emptied() as url:
        database = await open_database(url, now=0)
        await prepare(database)

        def driver(at_once: int) -> StreamDriver:
            return ProcrastinateDriver(
                database=database, url=url, clock=SystemClock(), at_once=at_once, timing=QUICK
            )

        yield DriverScenario(database, driver)
        await database.close()


@pytest.fixture
async def processes(url: str) -> AsyncIterator[list[Database]]:
    """Three that share it, each with its own connections."""
    async with AsyncExitStack() as stack:
        found = []
        for name in ("one", "two", "three"):
            database = await opened(url, name)
            stack.push_async_callback(database.close)
            found.append(database)
        await found[0].write(rate_limit_buckets.ensure)
        await found[0].write(discord_routes.ensure)
        yield list(found)
