"""A worker as a process of its own: drains what it gets, until it is told to stop."""

import asyncio
import signal
import sys

from bot.engine.cluster.processes import looking_task
from bot.engine.supervision import BackgroundTask, Supervisor
from storage.errors import DatabaseInUse, DatabaseUnreachable
from tests.engine.cluster.delivery_fixtures import (
    LedgerEffectHandler,
    deliveries_of,
    driver_of,
    opened,
    session,
)

IN_USE = 75


async def work(url: str, name: str, ledger: str) -> int:
    """As `bot.app.lifetime` does it, with one kind of effect."""
    database = await opened(url, name)
    driver, stop = driver_of(database, url), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with session() as http:
        deliveries = deliveries_of(database, driver, LedgerEffectHandler(ledger, name, http), name)
        driver.hint_all(await deliveries.recover())
        supervisor = Supervisor(fatal=(DatabaseInUse,), passing=(DatabaseUnreachable,))
        supervisor.add(BackgroundTask("deliveries", lambda beat: driver.run(deliveries.drain, beat), 60.0))
        supervisor.add(BackgroundTask("database", lambda _beat: database.kept(), None))
        supervisor.add(looking_task(deliveries.flights, driver, seconds=0.2))
        running = asyncio.create_task(supervisor.run())
        stopping = asyncio.create_task(stop.wait())
        sys.stdout.write("up\n")
        sys.stdout.flush()
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            supervisor.stop()
            deliveries.stop()
            driver.stop()
            await supervisor.ended("deliveries")
            running.cancel()
        stopping.cancel()
        await asyncio.wait({running, stopping})
        try:
            await database.close()
        finally:
            refused = None if running.cancelled() else running.exception()
    return IN_USE if _in_use(refused) else 0


def _in_use(error: BaseException | None) -> bool:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return isinstance(error, DatabaseInUse)


if __name__ == "__main__":
    sys.exit(asyncio.run(work(*sys.argv[1:4])))
