"""The room of the claims on a Discord with room for ten awake threads."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.engine.delivery import Deliveries
from bot.engine.retry import RetryWaits
from bot.features.inbox.thread_archiving.feature import ThreadArchivingFeature
from bot.model.errors import NoThreadRoom
from bot.model.events import Person
from bot.model.ports import OpenedThread, Post
from bot.relay.threads import ThreadOpener
from storage.engine.connect import open_database
from storage.records import DiscordId, FanId
from tests.database_place import database_in
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, ClaimsScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.far_side_stand_ins import DiscordChannels
from tests.relay.relay_scenario import CREATOR, GUILD

MOST = 10
MINUTE = 60_000


class ArchivingDiscord(DiscordChannels):
    """Threads rest until something is posted; who makes or wakes one asks for room, as in `cogs.inbox`."""

    resting: ThreadArchivingFeature

    def __init__(self, clock: SettableClock) -> None:
        super().__init__(clock)
        self.asleep: set[DiscordId] = set()
        self.rested: list[DiscordId] = []  # in order
        self.reads = 0
        self.most = 0  # awake at once, ever
        self.allows: int | None = None  # so many are let be awake, by Discord itself

    @property
    def awake(self) -> list[DiscordId]:
        """The threads that count, oldest first."""
        return [made for made, there in self.channels.items() if there.forum and made not in self.asleep]

    async def read(self, server: DiscordId) -> Collection[DiscordId]:
        """What a server says of its threads."""
        assert server == GUILD
        self.reads += 1
        return self.awake

    async def open_thread(
        self, forum: DiscordId, *, name: str, card: Post, tags: Sequence[DiscordId]
    ) -> OpenedThread:
        async with self.resting.room.opening(forum, self.read) as took:
            self._must_have_room()
            made = await super().open_thread(forum, name=name, card=card, tags=tags)
            took(made.thread)
        self.most = max(self.most, len(self.awake))
        return made

    async def post(self, channel: DiscordId, post: Post, *, nonce: str) -> DiscordId:
        async with self.resting.room.waking(channel, self.read):
            if channel in self.asleep:
                self._must_have_room()
            made = await super().post(channel, post, nonce=nonce)
            self.asleep.discard(channel)
        self.most = max(self.most, len(self.awake))
        return made

    async def rest(self, thread: DiscordId) -> None:
        """Archive a thread; fine when it is archived already."""

        def put() -> None:
            self._channel(thread)
            self.asleep.add(thread)
            self.rested.append(thread)

        await self.faults.around("rest", put)
        self.resting.room.rests(thread)

    def _must_have_room(self) -> None:
        if self.allows is not None and len(self.awake) >= self.allows:
            raise NoThreadRoom("This server has as many open threads as Discord allows.")


class ThreadArchivingScenario(ClaimsScenario):
    """A room from which whoever was answered longest goes to rest."""

    discord: ArchivingDiscord

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        if not isinstance(self.discord, ArchivingDiscord):
            self.discord = ArchivingDiscord(self.clock)
        self.discord.resting = self.resting = ThreadArchivingFeature(self.ground(), MOST)
        made = super()._deliveries(opener)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.resting.handlers(self.discord))
        return made

    async def arrive(self, first: int, number: int = 1) -> list[Person]:
        """So many fans write for the first time, a minute apart."""
        fans = [person(first + which) for which in range(number)]
        for fan in fans:
            self.clock.at += MINUTE
            await self.happen(self.wrote("hello", fan))
        return fans

    async def answer(self, fans: Sequence[Person]) -> None:
        """Each is answered on Fanvue itself, a minute apart: nobody claims them by that."""
        for fan in fans:
            self.clock.at += MINUTE
            await self.happen(self.echo(self.fanvue.write(CREATOR, fan.id, "hi", by_creator=True), fan))
            await self.pass_time(RetryWaits().echo)

    async def look(self) -> None:
        """Somebody looks whether there is room, and all that was wanted is done."""
        await self.resting.keeping.look()
        await self.turn()

    async def sleeps(self, fan: Person) -> bool:
        """Whether a fan's thread rests."""
        return await self.thread(fan) in self.discord.asleep


def person(number: int) -> Person:
    """One of many fans."""
    return Person(FanId(f"77e0a1f4-0000-4000-8000-{number:012x}"), f"fan-{number}", f"Fan {number}")


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[ThreadArchivingScenario]:
    """With a team, and nobody there yet."""
    database = await open_database(database_in(path), now=0)
    made = ThreadArchivingScenario(database, RetryWaits(), SettableClock())
    try:
        await made.link()
        await made.set_up()
        for member in (NINA, OTTO):
            await made.engage(member, "chatter")
        await made.start()
        yield made
        await made.crash()
    finally:
        await database.close()
