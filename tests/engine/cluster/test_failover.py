"""The server dies and its standby takes its place, while workers are at work."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from storage.engine.connect import open_database
from storage.errors import DatabaseUnreachable
from tests.engine.cluster.cluster_scenario import ClusterScenario, town_in
from tests.postgres_servers import PostgresPair, pair


@pytest.fixture
def servers() -> Iterator[PostgresPair]:
    """A server with a standby that waits for it."""
    with pair("bridge") as made:
        yield made


@pytest.fixture
async def town(servers: PostgresPair) -> AsyncIterator[ClusterScenario]:
    """Whoever works there names both, and wants the one that takes writes."""
    await (await open_database(servers.url, now=0)).close()  # so that it has the tables
    async with town_in(servers.url) as made:
        yield made


async def filled(town: ClusterScenario, stream: str, over: asyncio.Event) -> int:
    """As a network that sends again what was refused, until one after it is over; returns how many."""
    number, last = 0, False
    while not last:
        last = over.is_set()
        await added(town, stream, number)
        number += 1
    return number


async def added(town: ClusterScenario, stream: str, number: int) -> None:
    while True:
        try:
            return await town.add(stream, number)
        except DatabaseUnreachable:
            await asyncio.sleep(0.05)


async def test_a_standby_takes_over_and_nothing_is_lost_or_done_twice(
    servers: PostgresPair, town: ClusterScenario
) -> None:
    over = asyncio.Event()
    await asyncio.gather(town.worker("one"), town.worker("two"))
    filling = asyncio.gather(*(filled(town, f"fv:{stream}", over) for stream in range(4)))
    await town.far.until(lambda: len(town.far.arrived) >= 20)

    # Whether anything is refused meanwhile is chance: all may wait for a commit whose answer was lost.
    await asyncio.to_thread(servers.fail_over)
    before = len(town.far.arrived)
    over.set()
    number = sum(await filling)
    await town.settled()

    assert town.arrived() == town.streams()
    assert {end for end, _ in town.ends().values()} == {"done"}
    assert len(town.ends()) == number
    assert len(town.far.arrived) > before
    assert [worker.returncode for worker in town.workers] == [None, None]
