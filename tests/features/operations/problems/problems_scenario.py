"""The relay of tests/relay with a desk: boards, problems, hints."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.engine.delivery import Deliveries
from bot.engine.metrics import BridgeMetrics
from bot.engine.retry import RetryWaits
from bot.features.operations.problems.feature import ProblemsFeature
from bot.model.ports import Post
from bot.relay.threads import ThreadOpener
from storage.engine import audit_log
from storage.engine.audit_log import AuditEntry
from storage.engine.connect import open_database
from storage.records import DiscordId, Effect
from tests.database_place import database_in
from tests.relay.clock_fixtures import SettableClock
from tests.relay.far_side_stand_ins import DiscordChannels
from tests.relay.relay_scenario import ALERTS, CREATOR, RelayScenario

WAITS = RetryWaits()


class ProblemsDiscord(DiscordChannels):
    """A Discord on which messages can be taken away and people be told privately."""

    def __init__(self, clock: SettableClock) -> None:
        super().__init__(clock)
        self.told: list[tuple[str, DiscordId, Post]] = []

    async def delete_message(self, channel: DiscordId, message: DiscordId) -> None:
        await self.faults.around("delete_message", lambda: self.take_away(channel, message))

    async def tell(self, user: DiscordId, post: Post, *, nonce: str) -> DiscordId:
        def tell() -> DiscordId:
            self.told.append((nonce, user, post))
            return user

        return await self.faults.around("tell", tell)

    def take_away(self, channel: DiscordId, message: DiscordId) -> None:
        """Somebody deletes a message."""
        if channel in self.channels:
            self.channels[channel].posts.pop(message, None)


class ProblemsScenario(RelayScenario):
    """A world whose problems are looked after."""

    discord: ProblemsDiscord

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        if not isinstance(self.discord, ProblemsDiscord):
            self.discord = ProblemsDiscord(self.clock)
        self.desk = ProblemsFeature(self.ground(), BridgeMetrics())
        made = super()._deliveries(opener)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.desk.handlers(self.discord, self.discord))
        return made

    def _watch(self, effect: Effect, how: str) -> None:
        super()._watch(effect, how)
        self.desk.noticed(effect, how)

    async def look(self) -> Post | None:
        """The board, once it shows what is true."""
        await self.turn()
        await self.desk.boards.refresh(CREATOR)
        await self.turn()
        found = self.boards()
        assert len(found) <= 1
        return next(iter(found.values()), None)

    def boards(self) -> dict[DiscordId, Post]:
        """Every board in the alerts channel."""
        posts = self.discord.channels[ALERTS].posts if ALERTS in self.discord.channels else {}
        return {made: post for made, post in posts.items() if post.title == "This needs your attention"}

    async def audit(self) -> list[AuditEntry]:
        """What people did beside setting up and answering, oldest first; not what became of it."""
        entries = await self.database.read(lambda tx: audit_log.recent(tx, CREATOR, 50))
        own = {"reply", "setup"}
        return [entry for entry in entries[::-1] if entry.action not in own and entry.follows is None]


@asynccontextmanager
async def opened(path: Path, *, clock: SettableClock | None = None) -> AsyncIterator[ProblemsScenario]:
    """An office with a linked creator and a forum."""
    database = await open_database(database_in(path), now=0)
    office = ProblemsScenario(database, WAITS, clock or SettableClock())
    try:
        await office.link()
        await office.set_up()
        await office.start()
        yield office
        await office.crash()
    finally:
        await database.close()


def labels(post: Post | None) -> list[str]:
    """What the buttons say."""
    return [button.label for button in post.buttons] if post else []


def words(post: Post | None) -> str:
    """All that a post says."""
    return "\n".join((*post.body, post.small or "")).replace("\\", "") if post else ""
