"""The desk of problems with a creator who can leave and come back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.engine.delivery import Deliveries
from bot.engine.listeners import Listeners
from bot.features.people.team.feature import TeamFeature
from bot.features.signals import GRANTED
from bot.model.ports import Post
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.people import consents
from storage.records import DiscordId
from tests.confirmations import ref_of, yes_to
from tests.database_place import database_in
from tests.features.operations.problems.problems_scenario import WAITS, ProblemsScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, GUILD, MAYA

ADA = DiscordId(1_300_000_000_000_000_021)  # manages the server, and is nobody for the creator


class TeamLeavingScenario(ProblemsScenario):
    """An office whose creator was let in by both sides: Maya owns the creator, Ada the server."""

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        made = super()._deliveries(opener)
        self.team = TeamFeature(self.ground(), Listeners().telling(GRANTED))
        return made

    owner = Actor(MAYA, GUILD)
    manager = Actor(ADA, GUILD, manages=True)

    async def consent(self) -> None:
        """Both sides say yes, as a Yes and /setup make them."""

        async def work(tx: Transaction) -> None:
            for side, by in (("owner", MAYA), ("server", ADA)):
                await consents.give(tx, CREATOR, GUILD, side, by=by, now=self.clock.now())  # type: ignore[arg-type]

        await self.database.write(work)

    async def leave(self, actor: Actor) -> str:
        """Somebody asks, sees the question, and presses Yes."""
        asked = await self.team.leaving.ask(actor, None)
        assert isinstance(asked, Post)
        said = await self.press(actor, asked)
        assert said is not None
        await self.turn()
        return said

    async def press(self, actor: Actor, asked: Post) -> str | None:
        """Somebody presses Yes under a question."""
        return await self.team.leaving.leave(yes_to(Action.TEAM_LEAVE, ref_of(asked), actor))

    async def back(self, actor: Actor) -> str | None:
        """Somebody gives their side's word again."""
        said = await self.team.leaving.back(actor, None)
        await self.turn()
        return said


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[TeamLeavingScenario]:
    """Linked, set up, and let in by both sides."""
    database = await open_database(database_in(path), now=0)
    camp = TeamLeavingScenario(database, WAITS, SettableClock())
    try:
        await camp.link()
        await camp.set_up()
        await camp.consent()
        await camp.start()
        yield camp
        await camp.crash()
    finally:
        await database.close()
