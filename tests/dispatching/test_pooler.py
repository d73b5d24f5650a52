"""Workers behind PgBouncer in transaction mode, where no session is anybody's."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from tests.clusters import pooled
from tests.dispatching.town import LIMIT, Town, town_in
from tests.dispatching.worker import IN_USE


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    """A database of which everybody sees only the pooler."""
    with pooled(url) as through:
        async with town_in(through) as made:
            yield made


async def test_behind_a_pooler_everything_is_carried_out_once_and_in_order(town: Town) -> None:
    await asyncio.gather(town.worker("one"), town.worker("two"))

    await asyncio.gather(*(town.fill(f"fv:{stream}", 10) for stream in range(6)))
    await town.settled()

    assert town.arrived() == town.streams()
    assert {end for end, _ in town.ends().values()} == {"done"}
    assert len(town.ends()) == 60


async def test_behind_a_pooler_a_killed_worker_leaves_what_it_was_sending_to_be_looked_for(
    town: Town,
) -> None:
    town.far.hold = lambda who: who == "one"
    first, _ = await asyncio.gather(town.worker("one"), town.worker("two"))
    await asyncio.gather(*(town.fill(f"fv:{stream}", 6) for stream in range(8)))
    await town.far.until(lambda: bool(town.far.held))

    os.kill(first.pid, signal.SIGKILL)
    await first.wait()
    held = set(town.far.held)
    await town.settled()

    assert town.arrived() == town.streams()
    assert {effect for effect, (_, how) in town.ends().items() if how == "looked up"} == held
    assert held


async def test_behind_a_pooler_whoever_stood_still_too_long_is_fenced(town: Town) -> None:
    town.far.hold = lambda who: who == "one"
    first = await town.worker("one")
    await town.fill("fv:1", 3)
    await town.far.until(lambda: bool(town.far.held))
    os.kill(first.pid, signal.SIGSTOP)
    await town.worker("two")

    await town.settled()
    before = town.ends()
    os.kill(first.pid, signal.SIGCONT)
    async with asyncio.timeout(LIMIT):
        code = await first.wait()

    assert code == IN_USE
    assert town.ends() == before
    assert town.arrived() == town.streams()
