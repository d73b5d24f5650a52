"""A worker as a process: effects of the outbox, each a deed that calls nobody.

python -m benchmarks.cluster.worker_process URL NAME
"""

import asyncio
import random
import signal
import sys
from collections.abc import Mapping
from typing import Any

from benchmarks.cluster.start_barrier import say, told_to_begin
from bot.engine.clock import SystemClock
from bot.engine.cluster.driver import ProcrastinateDriver
from bot.engine.cluster.processes import ClusterProcesses, looking_task
from bot.engine.delivery import Deliveries
from bot.engine.effect_handler import Done, EffectHandler, Outcome, SettlingMethod
from bot.engine.retry import RetryWaits
from storage.database import Database
from storage.engine.cluster_members import ClusterMember
from storage.engine.postgres import PostgresDatabase
from storage.records import Effect
from tests.engine.cluster.delivery_fixtures import effects_of

KIND, HANGS, LOOKED = "told", "hangs", "looked"


class NoOpEffectHandler(EffectHandler):
    """What is left is the bridge's own: taken in order, marked as being sent, its end kept."""

    settling = SettlingMethod.SEARCH

    async def do(self, effect: Effect, body: Mapping[str, Any]) -> Outcome:  # noqa: ARG002 - the port's
        """Done; or it hangs until the process is gone, where the effect says so."""
        if HANGS in body:
            say(HANGS)
            await asyncio.Event().wait()
        return Done("nothing")

    async def look(self, effect: Effect, body: Mapping[str, Any]) -> Done | None:  # noqa: ARG002 - the port's
        """It is there: so another process has taken up what one that is gone was sending."""
        say(LOOKED)
        return Done("nothing")


async def opened(url: str, name: str) -> PostgresDatabase:
    """The database, shared, with the lease that the program has."""
    return await PostgresDatabase.open(url, token=name, tenure=ClusterMember(name, schema=1))


def driver_of(database: Database, url: str) -> ProcrastinateDriver:
    """As the program has it."""
    return ProcrastinateDriver(database=database, url=url, clock=SystemClock())


async def _run(url: str, name: str) -> None:
    database = await opened(url, name)
    driver = driver_of(database, url)
    deliveries = Deliveries(
        database=database,
        effects=effects_of(driver),
        handlers={KIND: NoOpEffectHandler()},
        clock=SystemClock(),
        waits=RetryWaits(),
        rng=random.SystemRandom(),
        crew=ClusterProcesses(name),
        hint=driver.hint,
    )
    keeping = asyncio.create_task(database.kept())
    await told_to_begin()
    looking = looking_task(deliveries.flights, driver)
    working = asyncio.create_task(driver.run(deliveries.drain))
    beside = asyncio.ensure_future(looking.run(lambda: None))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, driver.stop)
    await asyncio.wait({working})
    keeping.cancel()
    beside.cancel()
    await asyncio.wait({keeping, beside})
    await database.close()
    working.result()


if __name__ == "__main__":
    asyncio.run(_run(*sys.argv[1:3]))
