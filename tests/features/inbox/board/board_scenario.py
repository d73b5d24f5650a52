"""The room of tests/features/inbox/claims with the board of who waits."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.engine.delivery import Deliveries
from bot.engine.retry import RetryWaits
from bot.features.inbox.board.feature import BoardFeature
from bot.features.inbox.notes.feature import NotesFeature
from bot.model.events import Person
from bot.model.ports import Post
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.money import earnings
from storage.money.earnings import LedgerRow
from storage.records import Cents, DiscordId
from tests.database_place import database_in
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, VERA, ClaimsScenario
from tests.features.operations.problems.problems_scenario import ProblemsDiscord
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, whole

PAUSE = RetryWaits().board
_THREAD = re.compile(r"https://discord\.com/channels/\d+/(\d+)")


class BoardScenario(ClaimsScenario):
    """A room in which the board is kept."""

    discord: ProblemsDiscord

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        if not isinstance(self.discord, ProblemsDiscord):
            self.discord = ProblemsDiscord(self.clock)
        self.tags = NotesFeature(self.ground()).tags
        self.board = BoardFeature(self.ground(), self.tags.vips)
        self.change.hear(lambda tx, change: self.board.noticing.changed(tx, change.creator))
        made = super()._deliveries(opener)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.board.handlers(self.discord))
        return made

    def boards(self, channel: DiscordId = ALERTS) -> dict[DiscordId, Post]:
        """Every board in the alerts channel."""
        posts = self.discord.channels[channel].posts if channel in self.discord.channels else {}
        return {made: post for made, post in posts.items() if post.title == "Who waits"}

    async def read(self) -> str:
        """What the only board says, once it had time to change."""
        await self.pass_time(PAUSE)
        (post,) = self.boards().values()
        return self.drawn(post)

    def drawn(self, post: Post) -> str:
        """What a person reads: Discord draws the address of a thread as its name."""
        return _THREAD.sub(
            lambda found: f"#{self.discord.channels[DiscordId(int(found[1]))].name}", whole(post)
        )

    async def marks(self, word: str = "vip", fan: Person = EMMA) -> None:
        """A member gives a fan a tag."""
        await self.tags.add(NINA, await self.thread(fan), word)

    async def pays(self, cents: Cents, fan: Person = EMMA) -> None:
        """A fan has paid, as a source told."""

        async def work(tx: Transaction) -> None:
            name = await self.effects.trail.pseudonyms.of(tx, CREATOR, fan.id)
            row = LedgerRow(self.ids.new(), self.clock.now(), "tip", cents, None, fan=name)
            await earnings.put(tx, CREATOR, row)

        await self.database.write(work)


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[BoardScenario]:
    """A hall with a team, in which nobody has written yet."""
    database = await open_database(database_in(path), now=0)
    hall = BoardScenario(database, RetryWaits(board_calm=2 * PAUSE), SettableClock())
    try:
        await hall.link()
        await hall.set_up()
        for member, role in ((NINA, "chatter"), (OTTO, "chatter"), (VERA, "viewer")):
            await hall.engage(member, role)
        await hall.start()
        yield hall
        await hall.crash()
    finally:
        await database.close()
