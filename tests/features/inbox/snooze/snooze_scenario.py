"""The hall of tests/features/inbox/board in which members also put fans aside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.engine.delivery import Deliveries
from bot.engine.retry import RetryWaits
from bot.features.inbox.snooze.feature import SnoozeFeature
from bot.model.events import Person
from bot.relay.threads import ThreadOpener
from storage.engine.connect import open_database
from storage.records import DiscordId
from tests.database_place import database_in
from tests.features.inbox.board.board_scenario import BoardScenario
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, VERA
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import EMMA

READ = RetryWaits().unread


class SnoozeScenario(BoardScenario):
    """A hall in which whoever has read a fan may put them aside."""

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        made = super()._deliveries(opener)
        opened = SnoozeFeature(self.ground(), self.change, self.board.reading.on_page)
        self.aside, self.several, self.waking = opened.aside, opened.several, opened.waking
        return made

    async def came(self, fan: Person = EMMA) -> None:
        """A fan has written, and everybody had time to read it."""
        await self.greeted(fan)
        self.clock.at += READ

    async def snoozes(self, typed: str, member: DiscordId = NINA, fan: Person = EMMA) -> str:
        """/fan snooze."""
        return await self.aside.snooze(member, await self.thread(fan), typed)

    async def closes(self, member: DiscordId = NINA, fan: Person = EMMA) -> str:
        """/fan close."""
        return await self.aside.close(member, await self.thread(fan))

    async def reopens(self, member: DiscordId = NINA, fan: Person = EMMA) -> str:
        """/fan reopen."""
        return await self.aside.reopen(member, await self.thread(fan))


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[SnoozeScenario]:
    """A den with a team, in which Emma waits and was read."""
    database = await open_database(database_in(path), now=0)
    den = SnoozeScenario(database, RetryWaits(), SettableClock())
    try:
        await den.link()
        await den.set_up()
        for member, role in ((NINA, "chatter"), (OTTO, "chatter"), (VERA, "viewer")):
            await den.engage(member, role)
        await den.start()
        await den.came()
        yield den
        await den.crash()
    finally:
        await database.close()
