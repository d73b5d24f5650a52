"""The lodge of the pauses with /team remove: Maya owns, Nina and Otto chat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.engine.delivery import Deliveries
from bot.features.people.offboarding.feature import OffboardingFeature
from bot.model.ports import Post
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.people import creators
from storage.records import CreatorId, DiscordId, DraftId
from tests.confirmations import yes_to
from tests.database_place import database_in
from tests.features.operations.problems.problems_scenario import WAITS
from tests.features.people.pausing.pausing_scenario import NINA, OTTO, PausingScenario, here, words_of
from tests.relay.clock_fixtures import SettableClock
from tests.relay.fault_switchboard import FaultSwitchboard
from tests.relay.relay_scenario import CREATOR, MAYA


class ChannelOverwritesStandIn:
    """Channels of a Discord, and whom an overwrite keeps out of which."""

    def __init__(self, clock: SettableClock) -> None:
        self.faults = FaultSwitchboard(clock)
        self.shut: set[tuple[DiscordId, DiscordId]] = set()

    async def bar(self, channel: DiscordId, member: DiscordId) -> None:
        await self.faults.around("bar", lambda: self.shut.add((channel, member)))

    async def unbar(self, channel: DiscordId, member: DiscordId) -> None:
        await self.faults.around("unbar", lambda: self.shut.discard((channel, member)))


class OffboardingScenario(PausingScenario):
    """A lodge whose owner takes people out of the team."""

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        if not hasattr(self, "doors"):
            self.doors = ChannelOverwritesStandIn(self.clock)
            self.ended: list[tuple[CreatorId, DiscordId, DiscordId | None]] = []
        made = super()._deliveries(opener)
        self.offboarding = OffboardingFeature(self.ground(), self._unlink)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.offboarding.handlers(self.doors))
        return made

    async def _unlink(self, creator: CreatorId, owner: DiscordId, *, by: DiscordId | None) -> None:
        async def work(tx: Transaction) -> None:
            link = await creators.open_link(tx, creator)
            if link is not None and link.discord_user == owner:
                await creators.close(tx, link.id, now=self.clock.now())
                self.ended.append((creator, owner, by))

        await self.database.write(work)

    async def ask(
        self,
        member: DiscordId | Actor = NINA,
        *,
        by: DiscordId = MAYA,
        mine: tuple[CreatorId, ...] = (CREATOR,),
        named: bool = False,
    ) -> Post | str:
        """Somebody uses /team remove."""
        theirs = member if isinstance(member, Actor) else here(member)
        return await self.offboarding.removing.ask(here(by), theirs, mine, named=named, bypasses=False)

    async def confirm(self, question: Post | str, *, by: DiscordId = MAYA) -> str:
        """Somebody presses [Remove them], and Discord takes the answer."""
        assert isinstance(question, Post), question
        removing = self.offboarding.removing
        wish = replace(self.wish(DiscordId(5)), actor=by)
        self.token = wish.token
        command = await removing.stage(wish, DraftId(question.buttons[0].ref))
        assert command is not None
        ref, about = question.buttons[0].ref, await removing.concerns(question.buttons[0].ref)
        return words_of(await removing.confirm(command, yes_to(Action.TEAM_REMOVE, ref, here(by), *about)))

    async def remove(self, member: DiscordId | Actor = NINA, **more: object) -> str:
        """Both."""
        return await self.confirm(await self.ask(member, **more))  # type: ignore[arg-type]

    def answer(self) -> str:
        """What the answer to the last press shows now."""
        return words_of(self.discord.answers[self.token])


@asynccontextmanager
async def opened(path: Path, *, clock: SettableClock | None = None) -> AsyncIterator[OffboardingScenario]:
    """A bureau with a linked creator, a forum, and two chatters."""
    database = await open_database(database_in(path), now=0)
    bureau = OffboardingScenario(database, WAITS, clock or SettableClock())
    try:
        await bureau.link()
        await bureau.set_up()
        await bureau.engage(NINA)
        await bureau.engage(OTTO)
        await bureau.start()
        yield bureau
        await bureau.crash()
    finally:
        await database.close()
