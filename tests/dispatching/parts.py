"""A process's deliveries to a `Ledger`, on a database that it shares."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.accounts.keyring import Key, Keyring
from bot.dispatching.crew import Members
from bot.dispatching.driver import Procrastinating
from bot.dispatching.timing import Timing
from bot.relay.clock import SystemClock, SystemIds
from bot.relay.deeds import Deed, Done, Outcome, Settling
from bot.relay.delivery import Deliveries
from bot.relay.derived import DerivedIds
from bot.relay.dispatch import Dispatch
from bot.relay.effects import Effects
from bot.relay.errors import Unknown
from bot.relay.retry import Waits
from storage.database import Database
from storage.engine.cluster_members import ClusterMember
from storage.engine.postgres import PostgresDatabase
from storage.records import Effect
from tests.trails import trail_of

TIMING = Timing(poll=0.1, beat=0.3, gone=1.2, sweep=0.2)
WAITS = Waits().divided(50)
LEASE = 2.0


class ToLedger(Deed):
    """Sends each effect once; a lost answer is looked for."""

    settling = Settling.SEARCH

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
            raise Unknown("No answer.") from error
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
    sealer, clock = Keyring([Key("test", b"k" * 32)]), SystemClock()
    trail = trail_of(sealer, clock, SystemIds())
    return Effects(sealer=sealer, dispatch=dispatch, clock=clock, ids=DerivedIds(b"secret"), trail=trail)


def driver_of(database: Database, url: str) -> Procrastinating:
    """A driver that looks often."""
    return Procrastinating(database=database, url=url, clock=SystemClock(), at_once=4, timing=TIMING)


def deliveries_of(database: Database, driver: Procrastinating, deed: Deed, name: str) -> Deliveries:
    """Deliveries of one process among several."""
    return Deliveries(
        database=database,
        effects=effects_of(driver),
        deeds={"told": deed},
        clock=SystemClock(),
        waits=WAITS,
        rng=random.SystemRandom(),
        crew=Members(name),
        hint=driver.hint,
    )


def session() -> aiohttp.ClientSession:
    """Never waits for ever."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60), trust_env=False)


async def ended(task: "asyncio.Task[Any]") -> None:
    """Cancel a task and return when it is over."""
    task.cancel()
    await asyncio.wait([task])
