"""The watch of tests/features/inbox/timers in which a team promises things."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.engine.delivery import Deliveries
from bot.engine.retry import RetryWaits
from bot.features.inbox.promises.feature import PromisesFeature
from bot.model.events import Person
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.inbox import promises
from storage.inbox.promises import Promise
from storage.money import digests
from storage.records import CreatorId, DiscordId, FanId
from tests.database_place import database_in
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, VERA, words_of
from tests.features.inbox.timers.timers_scenario import CHATTERS, LEADS, MINUTE, TimersScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, told

HOUR = 60 * MINUTE


class PromisesScenario(TimersScenario):
    """A watch with promises; `redrawn` has whose card was to be shown anew."""

    redrawn: list[FanId]

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        made = super()._deliveries(opener)
        self.redrawn = []

        async def shown(_tx: Transaction, _creator: CreatorId, fan: FanId) -> None:
            self.redrawn.append(fan)

        self.promises = PromisesFeature(self.ground(), shown)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.promises.handlers(self.discord, self))
        return made

    async def promise(
        self, what: str, until: str = "in 1 hour", *, by: DiscordId = NINA, fan: Person = EMMA
    ) -> str:
        """/fan promise add."""
        return words_of(await self.promises.keeping.add(by, await self.thread(fan), what, until))

    async def done(self, which: str | None = None, *, by: DiscordId = NINA, fan: Person = EMMA) -> str:
        """/fan promise done."""
        return await self.promises.keeping.done(by, await self.thread(fan), which)

    async def drop(self, reason: str, which: str | None = None, *, by: DiscordId = NINA) -> str:
        """/fan promise drop."""
        return await self.promises.keeping.drop(by, await self.thread(), which, reason)

    async def alters(
        self, which: str | None = None, *, what: str | None = None, until: str | None = None
    ) -> str:
        """/fan promise change."""
        found = await self.promises.keeping.change(NINA, await self.thread(), which, what, until)
        return words_of(found)

    async def listed(self, *, fan: Person | None = EMMA, number: int = 0) -> str:
        """/fan promise list, in a fan's thread or elsewhere."""
        channel = await self.thread(fan) if fan is not None else ALERTS
        return told(await self.promises.listing.page(channel, [CREATOR], number))

    async def card(self, fan: Person = EMMA) -> Sequence[str]:
        """What the fan's card says of promises."""
        listing = self.promises.listing
        return await self.database.read(lambda tx: listing.on_card(tx, CREATOR, fan.id))

    async def owed(self, fan: Person = EMMA) -> list[Promise]:
        """What the fan is owed, due first."""
        return await self.database.read(lambda tx: promises.open_of_fan(tx, CREATOR, fan.id))

    async def settled(self, fan: Person = EMMA) -> list[Promise]:
        """What was kept or dropped, newest first."""
        return await self.database.read(lambda tx: promises.settled_of_fan(tx, CREATOR, fan.id, limit=99))

    async def later(self, minutes: float) -> None:
        """So much later somebody has looked what is due, and all that was wanted is done."""
        self.clock.at += int(minutes * MINUTE)
        await self.promises.watching.look()
        await self.turn()

    def reminders(self) -> list[str]:
        """Every reminder that the alerts channel shows, oldest first."""
        return [words for _, words in sorted(self.pings().items()) if "A promise is due" in words]


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[PromisesScenario]:
    """A team in which Nina and Otto chat and Vera reads; the zone is chosen."""
    database = await open_database(database_in(path), now=0)
    made = PromisesScenario(database, RetryWaits(), SettableClock())
    try:
        await made.link()
        await made.set_up()
        for member, role in ((NINA, "chatter"), (OTTO, "chatter"), (VERA, "viewer")):
            await made.engage(member, role)
        await made.grant_role(CHATTERS, "chatter")
        await made.grant_role(LEADS, "manager")
        await made.database.write(lambda tx: digests.choose_zone(tx, CREATOR, "UTC"))
        await made.start()
        await made.came()
        await made.read()
        yield made
        await made.crash()
    finally:
        await database.close()
