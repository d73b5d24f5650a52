"""The house of the checks in which Maya types, on a clock that stands still."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from bot.access.permits import Actor
from bot.engine.retry import RetryWaits
from bot.features.inbox.message_replies.feature import MessageRepliesFeature
from bot.model.errors import BotForbidden
from bot.relay.removal_port import ThreadSnapshot
from bot.relay.typed_messages import ButtonPresser, TypedThreadMessage
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.inbox import message_replies
from storage.inbox.message_replies import TypedMessageRecord, TypedMessageState, TypingMode, WriterNotice
from storage.records import CreatorId, DiscordId, EffectId, FanId, Millis
from tests.database_place import database_in
from tests.features.inbox.checks.checks_scenario import ChecksScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.far_side_stand_ins import DiscordChannels
from tests.relay.relay_scenario import CREATOR, GUILD, MAYA

LATE: Millis = 60_000


class TypedMessagesDiscord(DiscordChannels):
    """A Discord on which what members typed can be taken away."""

    def __init__(self, clock: SettableClock) -> None:
        super().__init__(clock)
        self.taken: list[DiscordId] = []
        self.forbidden = False

    async def take_message(self, channel: DiscordId, message: DiscordId) -> None:
        if self.forbidden:
            raise BotForbidden("The bot may not.")
        self.taken.append(message)
        self.channels[channel].posts.pop(message, None)

    async def look(self, thread: DiscordId, *, ignoring: DiscordId | None = None) -> ThreadSnapshot:
        raise NotImplementedError

    async def rest(self, thread: DiscordId) -> None:
        raise NotImplementedError


class MessageRepliesScenario(ChecksScenario):
    """Maya is the owner. `texts_of`: what stands in the thread of what she typed."""

    typed: MessageRepliesFeature
    town: TypedMessagesDiscord

    def build(self) -> None:
        if not isinstance(self.discord, TypedMessagesDiscord):
            self.discord = self.town = TypedMessagesDiscord(self.clock)
            self.numbers = count(1_600_000_000_000_000_000)
            self.stands: dict[DiscordId, str] = {}
            self.cards: list[FanId] = []
        super().build()
        self.typed = MessageRepliesFeature(self.ground(), self.answering, want=self._wanted, listens=True)
        handlers = self.deliveries._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.typed.handlers(self.town))

    async def _wanted(self, _tx: Transaction, _creator: CreatorId, fan: FanId) -> None:
        self.cards.append(fan)

    async def switched_on(self, *, knows: bool = True) -> None:
        """The mode is on, and Maya has said that what she types goes to the fan."""
        now = self.clock.now()

        async def work(tx: Transaction) -> None:
            await message_replies.switch_on(tx, CREATOR, TypingMode("//", now), by=MAYA)
            if knows:
                await message_replies.tell(tx, CREATOR, MAYA, WriterNotice.GOES, now=now)

        await self.database.write(work)

    async def heard(self, text: str, *, by: DiscordId = MAYA, age: Millis = 0) -> TypedThreadMessage:
        """Somebody types in the fan's thread; nobody has told the bridge yet."""
        message = DiscordId(next(self.numbers))
        self.stands[message] = text
        at = self.clock.now() - age
        return TypedThreadMessage(message, await self.thread(), Actor(by, GUILD), "Maya", text, at)

    async def hears(self, text: str, *, by: DiscordId = MAYA, age: Millis = 0) -> TypedThreadMessage:
        """The same, and it was told."""
        heard = await self.heard(text, by=by, age=age)
        await self.tells(heard)
        return heard

    async def tells(self, heard: TypedThreadMessage) -> None:
        """Discord tells of it."""
        await self.typed.taking.heard(heard)
        await self.turn()

    async def presser(self, by: DiscordId = MAYA) -> ButtonPresser:
        """Somebody who presses a button there."""
        return ButtonPresser(Actor(by, GUILD), "Maya", await self.thread())

    async def reads(self, _channel: DiscordId, message: DiscordId) -> str | None:
        """What stands in the thread."""
        return self.stands.get(message)

    async def row(self, heard: TypedThreadMessage) -> TypedMessageRecord | None:
        """What became of it."""
        return await self.database.read(lambda tx: message_replies.get(tx, heard.message))

    async def line(self, heard: TypedThreadMessage) -> EffectId:
        """The line that asks about it, or says of it."""
        found = await self.row(heard)
        assert found is not None
        assert found.line is not None
        return found.line

    async def state(self, heard: TypedThreadMessage) -> TypedMessageState | None:
        """The same, in one word."""
        found = await self.row(heard)
        return found.state if found is not None else None

    async def gone(self) -> list[str]:
        """How far taking away what was typed is, for each."""
        rows = await self.database.read(
            lambda tx: tx.all("SELECT state FROM outbox WHERE kind = 'typed.gone' ORDER BY seq, id")
        )
        return [str(row["state"]) for row in rows]


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[MessageRepliesScenario]:
    """A house with a linked creator and a forum; Emma has written, and it was read."""
    database = await open_database(database_in(path), now=0)
    house = MessageRepliesScenario(database, RetryWaits(), SettableClock())
    try:
        await house.link()
        await house.set_up()
        await house.start()
        await house.fan_writes("hello there")
        await house.pass_time(60_000)
        yield house
        await house.crash()
    finally:
        await database.close()
