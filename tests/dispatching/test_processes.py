"""Workers as real processes: killed, stopped for a while, told to stop."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from bot.dispatching.driver import prepare
from bot.relay.effects import Wanted
from storage import instance
from storage.database import Transaction
from storage.errors import DatabaseInUse
from storage.records import CreatorId, Stream
from storage.remote import RemoteDatabase
from tests.dispatching.ledger import Ledger, ledger
from tests.dispatching.parts import driver_of, effects_of, opened
from tests.dispatching.worker import IN_USE
from tests.trails import begun

_ROOT = Path(__file__).parents[2]
_LIMIT = 60.0  # seconds; reached only when a test fails
CREATOR = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c11")
Worker = asyncio.subprocess.Process


class Town:
    """The database as the process sees it that adds effects, and the workers that the test starts."""

    def __init__(self, url: str, database: RemoteDatabase, far: Ledger) -> None:
        self.url = url
        self.database = database
        self.far = far
        self.workers: list[Worker] = []
        self._driver = driver_of(database, url)
        self._effects = effects_of(self._driver)

    async def worker(self, name: str) -> Worker:
        """One more process; returns when it is up."""
        made = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.dispatching.worker", self.url, name, self.far.url),
            cwd=_ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        self.workers.append(made)
        assert made.stdout is not None
        async with asyncio.timeout(_LIMIT):
            assert await made.stdout.readline() == b"up\n"
        return made

    async def add(self, stream: str, number: int) -> None:
        """One effect, as a decision adds it."""
        wanted = Wanted("fanvue", "told", Stream(stream), CREATOR, stream, str(number), {"number": number})

        async def work(tx: Transaction) -> None:
            await self._effects.add(tx, replace(wanted))

        await self.database.write(work)

    async def settled(self) -> None:
        """Return when no effect is left to carry out."""
        async with asyncio.timeout(_LIMIT):
            await asyncio.to_thread(_wait_for_none, self.url)

    def ends(self) -> dict[str, tuple[str, str | None]]:
        """How each effect ended."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            rows = connection.execute("SELECT id, state, external_id FROM outbox").fetchall()
        return {row[0]: (row[1], row[2]) for row in rows}

    def streams(self) -> dict[str, list[str]]:
        """The effects of each stream, in its order."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            rows = connection.execute("SELECT stream, id FROM outbox ORDER BY stream, seq").fetchall()
        found: dict[str, list[str]] = {}
        for stream, effect in rows:
            found.setdefault(stream, []).append(effect)
        return found

    def arrived(self) -> dict[str, list[str]]:
        """The same, as the far side got them."""
        found: dict[str, list[str]] = {}
        for effect, stream, _ in sorted(self.far.arrived, key=lambda one: one[1]):
            found.setdefault(stream, []).append(effect)
        return found


def _wait_for_none(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            row = connection.execute(
                """SELECT COUNT(*), pg_sleep(0.05) FROM outbox
                   WHERE state IN ('pending', 'sending', 'unknown')"""
            ).fetchone()
            if row is not None and row[0] == 0:
                return


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    """Nobody works yet."""
    async with AsyncExitStack() as stack:
        far = await stack.enter_async_context(ledger())
        database = await opened(url, "web")
        stack.push_async_callback(database.close)
        keeping = asyncio.create_task(database.kept())
        await begun(database)
        await prepare(database, "web")
        made = Town(url, database, far)
        yield made
        for worker in made.workers:
            if worker.returncode is None:
                worker.kill()
                await worker.wait()
        keeping.cancel()
        await asyncio.wait([keeping])


async def test_two_workers_carry_everything_out_once_and_in_order(town: Town) -> None:
    await asyncio.gather(town.worker("one"), town.worker("two"))

    await asyncio.gather(*(_fill(town, f"fv:{stream}", 10) for stream in range(6)))
    await town.settled()

    assert town.arrived() == town.streams()
    assert {end for end, _ in town.ends().values()} == {"done"}
    assert len(town.ends()) == 60


async def test_what_a_killed_worker_was_sending_is_looked_for_and_everything_else_goes_on(town: Town) -> None:
    town.far.hold = lambda who: who == "one"
    first, _ = await asyncio.gather(town.worker("one"), town.worker("two"))
    await asyncio.gather(*(_fill(town, f"fv:{stream}", 6) for stream in range(8)))
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
    town: Town,
) -> None:
    town.far.hold = lambda who: who == "one"
    first = await town.worker("one")
    await _fill(town, "fv:1", 3)
    await town.far.until(lambda: bool(town.far.held))
    os.kill(first.pid, signal.SIGSTOP)
    await town.worker("two")

    await town.settled()
    before = town.ends()
    os.kill(first.pid, signal.SIGCONT)
    async with asyncio.timeout(_LIMIT):
        code = await first.wait()

    assert code == IN_USE
    assert town.ends() == before
    assert town.arrived() == town.streams()


async def test_a_worker_that_is_told_to_stop_leaves_nothing_in_doubt(town: Town) -> None:
    first = await town.worker("one")
    await asyncio.gather(*(_fill(town, f"fv:{stream}", 10) for stream in range(4)))
    await town.far.until(lambda: len(town.far.arrived) >= 5)

    first.send_signal(signal.SIGTERM)
    async with asyncio.timeout(_LIMIT):
        code = await first.wait()
    await town.worker("two")
    await town.settled()

    assert code == 0
    assert town.far.looked == []
    assert town.arrived() == town.streams()


async def test_another_version_of_the_engine_is_not_put_under_the_feet_of_others(
    town: Town, url: str
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


async def _fill(town: Town, stream: str, number: int) -> None:
    for one in range(number):
        await town.add(stream, one)
