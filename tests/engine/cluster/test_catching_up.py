"""Facts that wait for a sweep: one process sweeps, one hears, one decides."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.engine.clock import SystemClock
from bot.engine.cluster.driver import ProcrastinateDriver, prepare
from bot.engine.cluster.shared_catch_up import SharedCatchUpHold
from bot.engine.retry import RetryWaits
from bot.engine.streams import facts_stream
from storage.database import Database
from storage.engine import catch_up, stream_jobs
from storage.records import CreatorId, Fact, FactId, FactState
from tests.audit_log_fixtures import begun
from tests.engine.cluster.delivery_fixtures import opened

CREATOR = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c11")


class SweepingProcess:
    """One of those that share it."""

    def __init__(self, database: Database, url: str, waits: RetryWaits) -> None:
        self.database = database
        driver = ProcrastinateDriver(database=database, url=url, clock=SystemClock())
        self.gate = SharedCatchUpHold(database=database, dispatch=driver, clock=SystemClock(), waits=waits)

    async def heard(self) -> None:
        await self.database.write(lambda tx: self.gate.heard(tx, CREATOR))

    async def silent(self) -> None:
        await self.database.write(lambda tx: self.gate.silent(tx, CREATOR))


@pytest.fixture
async def three(url: str) -> AsyncIterator[list[SweepingProcess]]:
    """Who sweeps, who hears, who decides."""
    async with AsyncExitStack() as stack:
        found = []
        for name in ("sweeps", "hears", "decides"):
            database = await opened(url, name)
            stack.push_async_callback(database.close)
            found.append(SweepingProcess(database, url, RetryWaits()))
        await begun(found[0].database)
        await prepare(found[0].database, "sweeps")
        await found[0].database.write(catch_up.ensure)
        yield found


def a_fact(source: str = "webhook") -> Fact:
    at = SystemClock().now()
    return Fact(FactId("fact"), CREATOR, "message", "key", source, at, at, FactState.NEW, b"")


async def test_facts_wait_wherever_they_are_decided_until_the_sweep_is_over(
    three: list[SweepingProcess],
) -> None:
    sweeps, _, decides = three
    unheld = await decides.gate.held_until(a_fact())
    await sweeps.gate.begin(CREATOR)
    until = await decides.gate.held_until(a_fact("sweep"))
    quiet = await decides.database.read(stream_jobs.waiting)

    await sweeps.gate.over(CREATOR)
    woken = await decides.database.read(stream_jobs.waiting)
    live = a_fact()

    assert unheld is None
    assert until is not None
    assert 0 < until - SystemClock().now() <= RetryWaits.catch_up
    assert (quiet, woken) == ([], [facts_stream(CREATOR)])
    assert await decides.gate.held_until(a_fact("sweep")) is None
    assert await decides.gate.held_until(live) == live.received_at + RetryWaits.hold


async def test_they_do_not_wait_for_ever(three: list[SweepingProcess]) -> None:
    sweeps, _, decides = three
    await sweeps.database.write(lambda tx: catch_up.begin(tx, CREATOR, wait=-1))

    assert await decides.gate.held_until(a_fact("sweep")) is None
    live = a_fact()
    assert await decides.gate.held_until(live) == live.received_at + RetryWaits.hold


async def test_the_first_live_event_after_a_silence_holds_facts_and_asks_for_a_sweep_once(
    three: list[SweepingProcess],
) -> None:
    sweeps, hears, decides = three
    await hears.heard()
    before = await sweeps.gate.returned()
    await sweeps.silent()
    await hears.heard()
    await hears.heard()

    assert before == []
    assert await decides.gate.held_until(a_fact()) is not None
    assert await sweeps.gate.returned() == [CREATOR]
    assert await sweeps.gate.returned() == []


async def test_of_a_creator_for_whom_nothing_waits_nothing_is_kept(three: list[SweepingProcess]) -> None:
    sweeps = three[0]
    await sweeps.gate.begin(CREATOR)
    await sweeps.database.write(lambda tx: catch_up.over(tx, CREATOR, calm=-1))
    await sweeps.gate.over(CreatorId("another"))

    left = await sweeps.database.read(lambda tx: tx.all("SELECT * FROM bridge_catching_up"))

    assert left == []
