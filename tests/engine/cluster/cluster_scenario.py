"""One database, workers as real processes, and the far side that they send to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from bot.engine.cluster.driver import prepare
from bot.engine.outbox import EffectRequest
from storage.database import Transaction
from storage.engine.postgres import PostgresDatabase
from storage.records import CreatorId, Stream
from tests.audit_log_fixtures import begun
from tests.engine.cluster.delivery_fixtures import driver_of, effects_of, opened
from tests.engine.cluster.far_side_ledger import FarSideLedger, ledger
from tests.warm_commands import PIPE, StartedProgram, start_program

_ROOT = Path(__file__).parents[3]
LIMIT = 60.0  # seconds; reached only when a test fails
CREATOR = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c11")
Worker = StartedProgram


class ClusterScenario:
    """The database as the process sees it that adds effects, and the workers that the test starts."""

    def __init__(self, url: str, database: PostgresDatabase, far: FarSideLedger) -> None:
        self.url = url
        self.database = database
        self.far = far
        self.workers: list[Worker] = []
        self._driver = driver_of(database, url)
        self._effects = effects_of(self._driver)

    async def worker(self, name: str) -> Worker:
        """One more process; returns when it is up."""
        words = ("tests.engine.cluster.worker_process", self.url, name, self.far.url)
        made = await start_program(*words, cwd=_ROOT, stdout=PIPE)
        self.workers.append(made)
        assert made.stdout is not None
        async with asyncio.timeout(LIMIT):
            assert await made.stdout.readline() == b"up\n"
        return made

    async def add(self, stream: str, number: int) -> None:
        """One effect, as a decision adds it."""
        wanted = EffectRequest(
            "fanvue", "told", Stream(stream), CREATOR, stream, str(number), {"number": number}
        )

        async def work(tx: Transaction) -> None:
            await self._effects.add(tx, replace(wanted))

        await self.database.write(work)

    async def fill(self, stream: str, number: int) -> None:
        """So many effects of one stream, one after the other."""
        for one in range(number):
            await self.add(stream, one)

    async def settled(self) -> None:
        """Return when no effect is left to carry out."""
        async with asyncio.timeout(LIMIT):
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


@asynccontextmanager
async def town_in(url: str) -> AsyncIterator[ClusterScenario]:
    """A database in which nobody works yet; all workers are gone afterwards."""
    async with AsyncExitStack() as stack:
        far = await stack.enter_async_context(ledger())
        database = await opened(url, "web")
        stack.push_async_callback(database.close)
        keeping = asyncio.create_task(database.kept())
        await begun(database)
        await prepare(database, "web")
        made = ClusterScenario(url, database, far)
        yield made
        for worker in made.workers:
            if worker.returncode is None:
                worker.kill()
                await worker.wait()
        keeping.cancel()
        await asyncio.wait([keeping])
