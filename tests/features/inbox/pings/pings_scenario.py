"""The scenario of tests/features/inbox/snooze in which members choose pings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.access.permits import Actor, Permit
from bot.access.policy import Action
from bot.engine.delivery import Deliveries
from bot.engine.retry import RetryWaits
from bot.features.inbox.pings.feature import PingsFeature
from bot.features.inbox.pings.service import TypedPings
from bot.model.events import Person
from bot.relay.pings import GONE, RemovePingHandler
from bot.relay.threads import ThreadOpener
from storage.engine.connect import open_database
from storage.inbox.pings import PingMode
from storage.records import DiscordId
from tests.database_place import database_in
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, VERA
from tests.features.inbox.snooze.snooze_scenario import SnoozeScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.notifying_stand_in import NotifyingStandIn
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, GUILD, whole

MINUTE = 60_000


class PingsScenario(SnoozeScenario, NotifyingStandIn):
    """A team whose phones ring; `calls` has whom each message notified."""

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        made = super()._deliveries(opener)
        if not hasattr(self, "calls"):
            self.calls = {}
        self.pings = PingsFeature(self.ground())
        self.change.hear(self.pings.scheduler.changed)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.pings.handlers(self.discord, self))
        handlers[GONE] = RemovePingHandler(database=self.database, discord=self.discord)
        return made

    async def choose(self, member: DiscordId, mode: PingMode | None = None, **typed: str) -> str:
        """/inbox pings, by this member."""
        permit = Permit(Actor(member, GUILD), Action.PINGS, CREATOR, None, None)
        return await self.pings.setting.set(permit, TypedPings(mode, **typed))

    async def fan_writes(self, text: str = "hi", fan: Person = EMMA) -> None:
        """A fan writes, and all that is wanted then is done."""
        await self.happen(self.wrote(text, fan))
        await self.turn()

    def rung(self) -> list[set[DiscordId]]:
        """Whom each ping notified, in order, also those that are gone."""
        return [set(self.calls[made][0]) for made in sorted(self.calls)]

    def standing_pings(self) -> list[str]:
        """Every ping that the alerts channel shows."""
        posts = self.discord.channels[ALERTS].posts if ALERTS in self.discord.channels else {}
        return [whole(post) for made, post in posts.items() if made in self.calls]


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[PingsScenario]:
    """Nina and Otto chat, Vera only reads."""
    database = await open_database(database_in(path), now=0)
    made = PingsScenario(database, RetryWaits(), SettableClock())
    try:
        await made.link()
        await made.set_up()
        for member, role in ((NINA, "chatter"), (OTTO, "chatter"), (VERA, "viewer")):
            await made.engage(member, role)
        await made.start()
        yield made
        await made.crash()
    finally:
        await database.close()
