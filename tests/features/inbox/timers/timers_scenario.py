"""The den of tests/features/inbox/snooze in which a team is pinged."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.engine.delivery import Deliveries
from bot.engine.retry import RetryWaits
from bot.features.inbox.timers.feature import TimersFeature
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.inbox import timers
from storage.inbox.timers import TimerSettings
from storage.people import grants
from storage.records import DiscordId
from tests.database_place import database_in
from tests.features.inbox.claims.claims_scenario import NINA, VERA
from tests.features.inbox.snooze.snooze_scenario import SnoozeScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.notifying_stand_in import Notified, NotifyingStandIn
from tests.relay.relay_scenario import ALERTS, CREATOR, GUILD, MAYA, whole

MINUTE = 60_000
CHATTERS = DiscordId(1_300_000_000_000_000_071)
LEADS = DiscordId(1_300_000_000_000_000_072)


class TimersScenario(SnoozeScenario, NotifyingStandIn):
    """A den in which pings are posted; `calls` has whom each one notified."""

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        made = super()._deliveries(opener)
        if not hasattr(self, "calls"):
            self.calls = {}
        self.timers = TimersFeature(self.ground())
        self.change.hear(self.timers.watching.changed)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.timers.handlers(self.discord, self))
        return made

    async def set(self, first: int, second: int | None = None, quiet: tuple[int, int] | None = None) -> None:
        """These timers hold."""
        begin, end = quiet or (None, None)
        wanted = TimerSettings(CREATOR, first, second, begin, end)
        await self.database.write(lambda tx: timers.put(tx, wanted, by=MAYA, now=0))

    async def grant_role(self, role: DiscordId, what: str) -> None:
        """A Discord role of the server is given this role of the team."""

        async def work(tx: Transaction) -> None:
            kept = grants.GrantRecord(
                self.ids.new(), CREATOR, GUILD, "role", role, what, "", "", None, MAYA, self.clock.now()
            )
            await grants.put(tx, kept)

        await self.database.write(work)

    async def after(self, minutes: float) -> None:
        """So much later somebody has looked who waits, and all that was wanted is done."""
        self.clock.at += int(minutes * MINUTE)
        await self.timers.watching.look()
        await self.turn()

    async def states(self) -> list[tuple[str, int]]:
        """How each ping stands, and how often it was tried."""
        rows = await self.database.read(
            lambda tx: tx.all("SELECT state, attempts FROM outbox WHERE kind = 'ping.post' ORDER BY seq")
        )
        return [(row["state"], row["attempts"]) for row in rows]

    def pings(self) -> dict[DiscordId, str]:
        """Every ping that the alerts channel shows."""
        posts = self.discord.channels[ALERTS].posts if ALERTS in self.discord.channels else {}
        return {made: whole(post) for made, post in posts.items() if made in self.calls}

    def called(self) -> list[Notified]:
        """Whom each ping called, in order, also those that are gone."""
        return [self.calls[made] for made in sorted(self.calls)]


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[TimersScenario]:
    """A team in which Nina chats by her own grant, and others by their roles; Emma waits."""
    database = await open_database(database_in(path), now=0)
    made = TimersScenario(database, RetryWaits(), SettableClock())
    try:
        await made.link()
        await made.set_up()
        for member, role in ((NINA, "chatter"), (VERA, "viewer")):
            await made.engage(member, role)
        await made.grant_role(CHATTERS, "chatter")
        await made.grant_role(LEADS, "manager")
        await made.start()
        await made.came()
        await made.read()  # the board is there: what is posted from here on are pings
        yield made
        await made.crash()
    finally:
        await database.close()
