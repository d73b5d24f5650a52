"""A process's deliveries to a `Ledger`, on a database that it shares."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.engine.clock import SystemClock, SystemIds
from bot.engine.cluster.driver import ProcrastinateDriver
from bot.engine.cluster.processes import ClusterProcesses
from bot.engine.cluster.worker_timing import WorkerTiming
from bot.engine.delivery import Deliveries
from bot.engine.derived_ids import DerivedIds
from bot.engine.dispatch import Dispatch
from bot.engine.effect_handler import Done, EffectHandler, Outcome, SettlingMethod
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.model.errors import DeliveryUnknown
from storage.database import Database
from storage.engine.cluster_members import ClusterMember
from storage.engine.postgres import PostgresDatabase
from storage.records import Effect
from tests.audit_log_fixtures import trail_of

TIMING = WorkerTiming(poll=0.1, beat=0.3, gone=1.2, sweep=0.2)
WAITS = RetryWaits().divided(50)
LEASE = 2.0


class LedgerEffectHandler(EffectHandler):
    """Sends each effect once; a lost answer is looked for."""

    settling = SettlingMethod.SEARCH

    def __init__(self, url: str, who: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._who = who
        self._session = session

    async def do(self, effect: Effect, body: Mapping[str, Any]) -> Outcome:
        """One POST."""
        said = {"effect": effect.id, "stream": effect.stream, "who": self._who, **body}
        try:
            async with self._session.post(f"{self._url}/send", json=said) as answer:
                answer.raise_for_status()
        except aiohttp.ClientError as error:
            raise DeliveryUnknown("No answer.") from error
        return Done("answered")

    async def look(self, effect: Effect, body: Mapping[str, Any]) -> Done | None:  # noqa: ARG002 - the port's
        """One GET."""
        async with self._session.get(f"{self._url}/look", params={"effect": effect.id}) as answer:
            return Done("looked up") if (await answer.json())["there"] else None


async def opened(url: str, name: str) -> PostgresDatabase:
    """One more process that shares the database."""
    return await PostgresDatabase.open(url, token=name, tenure=ClusterMember(name, schema=1, lease=LEASE))


def effects_of(dispatch: Dispatch) -> Effects:
    """What adds effects; the same keys and ids in every process."""
    sealer, clock = Keyring([MasterKey("test", b"k" * 32)]), SystemClock()
    trail = trail_of(sealer, clock, SystemIds())
    return Effects(sealer=sealer, dispatch=dispatch, clock=clock, ids=DerivedIds(b"secret"), trail=trail)


def driver_of(database: Database, url: str) -> ProcrastinateDriver:
    """A driver that looks often."""
    return ProcrastinateDriver(database=database, url=url, clock=SystemClock(), at_once=4, timing=TIMING)


def deliveries_of(
    database: Database, driver: ProcrastinateDriver, deed: EffectHandler, name: str
) -> Deliveries:
    """Deliveries of one process among several."""
    return Deliveries(
        database=database,
        effects=effects_of(driver),
        handlers={"told": deed},
        clock=SystemClock(),
        waits=WAITS,
        rng=random.SystemRandom(),
        crew=ClusterProcesses(name),
        hint=driver.hint,
    )


def session() -> aiohttp.ClientSession:
    """Never waits for ever."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60), trust_env=False)


async def ended(task: "asyncio.Task[Any]") -> None:
    """Cancel a task and return when it is over."""
    task.cancel()
    await asyncio.wait([task])
