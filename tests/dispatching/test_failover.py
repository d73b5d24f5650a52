"""The server dies and its standby takes its place, while workers are at work."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from storage.connect import open_database
from storage.errors import DatabaseUnreachable
from tests.clusters import Pair, pair
from tests.dispatching.town import Town, town_in


@pytest.fixture
def servers() -> Iterator[Pair]:
    """A server with a standby that waits for it."""
    with pair("bridge") as made:
        yield made


@pytest.fixture
async def town(servers: Pair) -> AsyncIterator[Town]:
    """Whoever works there names both, and wants the one that takes writes."""
    await (await open_database(servers.url, now=0)).close()  # so that it has the tables
    async with town_in(servers.url) as made:
        yield made


async def filled(town: Town, stream: str, number: int) -> int:
    """As a network that sends again what was refused; returns how often it was."""
    refused = 0
    for one in range(number):
        while True:
            try:
                await town.add(stream, one)
                break
            except DatabaseUnreachable:
                refused += 1
                await asyncio.sleep(0.05)
    return refused


async def test_a_standby_takes_over_and_nothing_is_lost_or_done_twice(servers: Pair, town: Town) -> None:
    await asyncio.gather(town.worker("one"), town.worker("two"))
    filling = asyncio.gather(*(filled(town, f"fv:{stream}", 40) for stream in range(4)))
    await town.far.until(lambda: len(town.far.arrived) >= 20)

    await asyncio.to_thread(servers.fail_over)
    refused = sum(await filling)
    await town.settled()

    assert town.arrived() == town.streams()
    assert {end for end, _ in town.ends().values()} == {"done"}
    assert len(town.ends()) == 160
    assert refused > 0
    assert [worker.returncode for worker in town.workers] == [None, None]
