"""Lists without Discord, as another feature has them, on a settable clock."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.engine.delivery import Deliveries
from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.fanvue.budget import RequestBudget
from bot.fanvue.transport import open_http
from bot.features.publishing.lists.fanvue import FanvueFanLists
from bot.features.publishing.lists.feature import ListsFeature
from bot.features.publishing.lists.job_service import Heard
from bot.features.publishing.lists.jobs import ListJobTexts, NewListJob
from bot.model.acting_account import CallAccount
from bot.sandbox.fanvue.people import StandInFan
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.people import creators
from storage.publishing import lists
from storage.publishing.lists import ListJobRecord
from storage.records import Creator, CreatorId, FanId, Millis, Stream
from tests.context_fixtures import context_in
from tests.database_place import database_in
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere
from tests.relay.clock_fixtures import ManualDriver, SeededIds, SettableClock

WAITS = RetryWaits()


@dataclass
class ListsScenario:
    """@luna's lists, and whatever another feature has heard."""

    evening: FanvueScenario
    clock: SettableClock
    database: Database
    driver: ManualDriver
    lists: ListsFeature
    heard: list[ListJobRecord]

    def crowd(self, number: int) -> list[StandInFan]:
        """So many subscribers."""
        world = self.evening.server.world
        return [world.add_fan(f"crowd{n}", f"Crowd {n}", self.evening.account) for n in range(number)]

    async def begin(self, name: str, fans: list[StandInFan]) -> ListJobRecord:
        """Another feature has them put on a new list, in a transaction of its own."""
        wanted = NewListJob(self.evening.creator, ListJobTexts(name), [FanId(fan.uuid) for fan in fans])
        return await self.database.write(lambda tx: self.lists.building.begin(tx, wanted))

    async def onto(self, name: str, fans: list[StandInFan]) -> ListJobRecord:
        """The same with a list that is there."""
        (there,) = (one for one in self.evening.server.world.lists.values() if one.name == name)
        wanted = NewListJob(
            self.evening.creator, ListJobTexts(name), [FanId(fan.uuid) for fan in fans], there.uuid
        )
        return await self.database.write(lambda tx: self.lists.building.begin(tx, wanted))

    async def counts(self, job: ListJobRecord) -> dict[str, int]:
        """What became of each."""
        return await self.database.read(lambda tx: lists.counts(tx, job.id))

    def on(self, name: str) -> list[str]:
        """Who is on the list of this name."""
        found = [one for one in self.evening.server.world.lists.values() if one.name == name]
        return list(found[0].members) if found else []

    def asked_at(self, path: str) -> list[Millis]:
        """When Fanvue was asked for this."""
        entries = self.evening.server.ledger.of("request", method="POST")
        return [round(one.at.timestamp() * 1000) for one in entries if one["path"].endswith(path)]


async def _identity(_creator: CreatorId) -> CallAccount:
    return CallAccount(LINK)


@asynccontextmanager
async def opened(folder: Path, *, size: int) -> AsyncIterator[ListsScenario]:
    """`size`: how many fans go into one call."""
    clock, ids = SettableClock(), SeededIds()
    database = await open_database(database_in(folder), now=0)
    driver = ManualDriver(clock)
    ground = await context_in(database, dispatch=driver, clock=clock, ids=ids)

    async def pause(seconds: float) -> None:
        clock.at += round(seconds * 1000)

    def now() -> datetime:
        return datetime.fromtimestamp(clock.at / 1000, tz=UTC)

    try:
        async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1", now=now) as evening:
            evening.server.switches.access_token_seconds = 10.0**9
            evening.holds(evening.server.world.grant(evening.account).access_token)
            evening.fanvue.budget = RequestBudget(clock=clock)
            made = ListsFeature(ground, FanvueFanLists(evening.fanvue, _identity, pause), size)
            shop = ListsScenario(evening, clock, database, driver, made, [])
            made.building.hear(_hears(shop))
            luna = Creator(evening.creator, "luna", "Luna")
            await database.write(lambda tx: creators.learn(tx, luna, now=0))
            async with _carried_out(shop, ground.effects):
                yield shop
    finally:
        await database.close()


def _hears(shop: ListsScenario) -> Heard:
    async def hear(_tx: Transaction, job: ListJobRecord) -> None:
        shop.heard.append(job)

    return hear


@asynccontextmanager
async def _carried_out(shop: ListsScenario, effects: Effects) -> AsyncIterator[None]:
    deliveries = Deliveries(
        database=shop.database,
        effects=effects,
        handlers=shop.lists.made,
        clock=shop.clock,
        waits=WAITS,
        rng=random.Random(3),  # noqa: S311 - repeatable on purpose
        crew=NOBODY_ELSE,
    )

    async def drain(stream: Stream) -> Millis | None:
        return await deliveries.drain(stream) if stream.startswith("li:") else None  # alerts go nowhere here

    driving = asyncio.create_task(shop.driver.run(drain))
    yield
    driving.cancel()
    await asyncio.wait([driving])
