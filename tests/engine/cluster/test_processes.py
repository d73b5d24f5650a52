"""Workers as real processes: killed, stopped for a while, told to stop."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from bot.engine.cluster.driver import prepare
from storage.engine import instance
from storage.errors import DatabaseInUse
from tests.engine.cluster.cluster_scenario import LIMIT, ClusterScenario, town_in
from tests.engine.cluster.delivery_fixtures import opened
from tests.engine.cluster.worker_process import IN_USE


@pytest.fixture
async def town(through: str) -> AsyncIterator[ClusterScenario]:
    """Nobody works yet."""
    async with town_in(through) as made:
        yield made


async def test_two_workers_carry_everything_out_once_and_in_order(town: ClusterScenario) -> None:
    await asyncio.gather(town.worker("one"), town.worker("two"))

    await asyncio.gather(*(town.fill(f"fv:{stream}", 10) for stream in range(6)))
    await town.settled()

    assert town.arrived() == town.streams()
    assert {end for end, _ in town.ends().values()} == {"done"}
    assert len(town.ends()) == 60


async def test_what_a_killed_worker_was_sending_is_looked_for_and_everything_else_goes_on(
    town: ClusterScenario,
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
    assert {end for end, _ in town.ends().values()} == {"done"}
    assert {effect for effect, (_, how) in town.ends().items() if how == "looked up"} == held
    assert held
    assert held <= set(town.far.looked)


async def test_a_worker_that_stood_still_for_longer_than_its_lease_writes_nothing_any_more(
    town: ClusterScenario,
) -> None:
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


async def test_a_worker_that_is_told_to_stop_leaves_nothing_in_doubt(town: ClusterScenario) -> None:
    first = await town.worker("one")
    await asyncio.gather(*(town.fill(f"fv:{stream}", 10) for stream in range(4)))
    await town.far.until(lambda: len(town.far.arrived) >= 5)

    first.send_signal(signal.SIGTERM)
    async with asyncio.timeout(LIMIT):
        code = await first.wait()
    await town.worker("two")
    await town.settled()

    assert code == 0
    assert town.far.looked == []
    assert town.arrived() == town.streams()


async def test_another_version_of_the_engine_is_not_put_under_the_feet_of_others(
    town: ClusterScenario, url: str
) -> None:
    other = await opened(url, "newer")
    again = await prepare(other, "newer")
    await other.write(lambda tx: instance.remember(tx, "procrastinate", "0.1"))

    with pytest.raises(DatabaseInUse, match="another version of procrastinate"):
        await prepare(other, "newer")
    await town.database.close()
    anew = await prepare(other, "newer")
    await other.close()

    assert (again, anew) == (False, True)
