"""The desk of problems with an owner who decides about texts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.access.policy import Action
from bot.engine.delivery import Deliveries
from bot.engine.metrics import BridgeMetrics
from bot.features.people.privacy.answer_service import PrivacyAnswer
from bot.features.people.privacy.erasure_job import ErasureJob
from bot.features.people.privacy.feature import PrivacyFeature
from bot.model.ports import Post
from bot.relay.removal_port import ThreadSnapshot
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.people import creators
from storage.people.privacy_modes import PrivacyMode
from storage.people.retention import DAY
from storage.records import CreatorId, DiscordId, Link
from tests.confirmations import ref_of, yes_to
from tests.database_place import database_in
from tests.features.operations.problems.problems_scenario import WAITS, ProblemsDiscord, ProblemsScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA


class PrivacyDiscord(ProblemsDiscord):
    """A Discord on which threads rest, and what was posted can be taken away again."""

    def __init__(self, clock: SettableClock) -> None:
        super().__init__(clock)
        self.resting: set[DiscordId] = set()
        self.taken: list[DiscordId] = []

    async def look(self, thread: DiscordId, *, ignoring: DiscordId | None = None) -> ThreadSnapshot:
        def look() -> ThreadSnapshot:
            at = self._channel(thread).posted_at
            last = max((when for made, when in at.items() if made != ignoring), default=0)
            return ThreadSnapshot(last, thread in self.resting)

        return await self.faults.around("look", look)

    async def take_message(self, channel: DiscordId, message: DiscordId) -> None:
        def take() -> None:
            if channel in self.channels and message in self.channels[channel].posts:
                del self.channels[channel].posts[message]
                self.taken.append(message)
            self.resting.discard(channel)

        await self.faults.around("take_message", take)

    async def rest(self, thread: DiscordId) -> None:
        await self.faults.around("rest", lambda: self.resting.add(thread))

    def delete(self, channel: DiscordId) -> None:
        """A forum goes with all its posts."""
        if channel not in self.forums:
            super().delete(channel)
            return
        for thread in self.threads(channel):
            super().delete(thread)
        self.forums.discard(channel)
        self.deleted.append(channel)

    def writes(self, thread: DiscordId, text: str) -> DiscordId:
        """A member writes into a thread."""
        made = self._id()
        self._channel(thread).posts[made] = Post(body=(text,))
        self._channel(thread).posted_at[made] = self._clock.now()
        return made


class PrivateMessageLog:
    """Private messages, by who gets them."""

    def __init__(self) -> None:
        self.to: dict[DiscordId, list[Post]] = {}

    async def tell(self, user: DiscordId, post: Post, *, nonce: str) -> DiscordId:
        self.to.setdefault(user, []).append(post)
        return DiscordId(len(nonce))


class PrivacyScenario(ProblemsScenario):
    """An office whose owner has /settings privacy."""

    discord: PrivacyDiscord

    async def unlink(self, creator: CreatorId, owner: DiscordId, *, by: DiscordId | None) -> None:
        """End a link at once, as where Fanvue has confirmed it."""

        async def work(tx: Transaction) -> None:
            link = await creators.open_link(tx, creator)
            if link is not None and link.discord_user == owner:
                await creators.close(tx, link.id, now=self.clock.now())
                self.ended_by.append(by)

        await self.database.write(work)

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        if not isinstance(self.discord, PrivacyDiscord):
            self.discord = PrivacyDiscord(self.clock)
        made = super()._deliveries(opener)
        if not hasattr(self, "mail"):
            self.mail, self.metrics = PrivateMessageLog(), BridgeMetrics()
            self.ended_by: list[DiscordId | None] = []
        self.privacy = PrivacyFeature(self.ground(), self.unlink, self.metrics.pruned)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.privacy.handlers(self.discord, self.mail))
        return made

    def job(self, *, batch: int, batches: int) -> ErasureJob:
        """An erasure in small steps."""
        return ErasureJob(self.ground(), unlink=self.unlink, batch=batch, batches=batches)

    async def owner(self) -> Link:
        """The link of whoever connected the creator."""
        found = await self.database.read(lambda tx: creators.open_link(tx, CREATOR))
        assert found is not None
        return found

    async def choose(self, mode: PrivacyMode) -> str:
        """The owner uses /settings privacy mode, and says yes."""
        return await self.yes(await self.privacy.choosing.mode(await self.owner(), MAYA, mode))

    async def yes(self, question: Post, by: DiscordId = MAYA, action: Action = Action.PRIVACY_SET) -> str:
        """Somebody presses Yes; what they are told. What asks nothing says its own words."""
        if not question.buttons:
            return question.body[0]
        return (await self.answered(question, by, action)).text

    async def answered(self, question: Post, by: DiscordId, action: Action) -> PrivacyAnswer:
        """The same, with the buttons that stay."""
        return await self.privacy.answering.yes(yes_to(action, ref_of(question), by, CREATOR))

    async def days(self, number: float) -> None:
        """So many days pass, and the round of that day is done."""
        await self.pass_time(int(number * DAY))
        await self.round()

    async def round(self) -> None:
        """Everything that a day's round does, however slowly, and what is said of it."""
        for _ in range(50):
            await self.privacy.rounds.look()
            await self.pass_time(10_000)

    async def last(self, thread: DiscordId | None = None) -> Post:
        """The newest line of a thread."""
        return self.discord.lines(thread or await self.thread(EMMA))[-1]


@asynccontextmanager
async def opened(path: Path, *, clock: SettableClock | None = None) -> AsyncIterator[PrivacyScenario]:
    """A manor with a linked creator and a forum."""
    database = await open_database(database_in(path), now=0)
    manor = PrivacyScenario(database, WAITS, clock or SettableClock())
    try:
        await manor.link()
        await manor.set_up()
        await manor.start()
        yield manor
        await manor.crash()
    finally:
        await database.close()
