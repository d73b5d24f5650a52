"""One creator's evening: the real relay over real SQLite, on a settable clock."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from bot.engine.commands import Commands, CommandWish
from bot.engine.delivery import Deliveries
from bot.engine.delivery_room import Room, unbounded
from bot.engine.derived_ids import DerivedIds
from bot.engine.dispatch import InProcessDriver, drain_by_prefix
from bot.engine.guild_routing import ALONE
from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.fanvue.event_storage import event_from, stored
from bot.features.inbox.conversations.changes import ConversationChanged, ConversationChanges
from bot.features.inbox.conversations.service import ConversationService
from bot.features.operations.alerts.announcement_texts import announce
from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.model.events import CreatorWrote, Event, FanWrote, NotUnderstood, Person, Understood
from bot.model.ports import ChatMessage, FanvuePort, Post
from bot.relay.alerts import AlertRouter
from bot.relay.context import Context
from bot.relay.forum_places import ForumPlaces, SetupDone
from bot.relay.handlers import HandlerParts, relay_handlers
from bot.relay.inbound_events import InboundDecider
from bot.relay.inbox_processor import InboxProcessor
from bot.relay.lines import ref_from_elsewhere
from bot.relay.redaction import LineRedactor, always
from bot.relay.replies import ReplyService, ReplyWish
from bot.relay.sweep_findings import SweepFindings, recaller
from bot.relay.threads import ThreadOpener
from bot.relay.unheard_messages import UnheardMessages
from storage.database import Database, Transaction
from storage.engine import outbox
from storage.engine.connect import open_database
from storage.inbox import conversations, messages, threads
from storage.inbox.conversations import Conversation
from storage.people import creators
from storage.records import (
    CommandId,
    Creator,
    CreatorId,
    DiscordId,
    Effect,
    EffectId,
    FanId,
    FanThread,
    Forum,
    Link,
    LinkId,
    LinkState,
    Millis,
)
from tests.audit_log_fixtures import begun, trail_of
from tests.database_place import database_in
from tests.relay.clock_fixtures import ManualDriver, SeededIds, SettableClock, TickingClock
from tests.relay.far_side_stand_ins import ChannelStandIn, DiscordChannels, FanvueChats

CREATOR = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c11")
EMMA = Person(FanId("3b6a2c9e-54c1-4d1a-8e57-6f2a9b7c1d20"), "quiet-otter", "Emma")
NOAH = Person(FanId("77e0a1f4-0000-4000-8000-6f2a9b7c1d21"), "loud-owl", "Noah")
GUILD = DiscordId(1_300_000_000_000_000_001)
FORUM = DiscordId(1_300_000_000_000_000_010)
ALERTS = DiscordId(1_300_000_000_000_000_011)
MAYA = DiscordId(1_300_000_000_000_000_020)


class RelayScenario:
    """The parts that tests speak to. A restart builds the relay anew; the two far sides stay as they are."""

    def __init__(self, database: Database, waits: RetryWaits, clock: SettableClock) -> None:
        self.database, self.waits, self.clock = database, waits, clock
        self.ids, self.line_ids = SeededIds(), SeededIds(2)  # the audit's: they change no other id
        self.sealer = Keyring([MasterKey("test", b"k" * 32)])
        self.chats: FanvuePort | None = None  # a test may put the real client here, with its room
        self.room: Room = unbounded
        self.fanvue, self.discord = FanvueChats(clock), DiscordChannels(clock)
        self.meanings: dict[bytes, Understood | NotUnderstood] = {}
        self.watched: list[tuple[str, str]] = []
        self.changes: list[ConversationChanged] = []  # of talks, as whoever shows them hears of them
        self.serving = ALONE  # whose process this is; a test sets it
        self.burst: Millis = 0  # how far apart a fan's messages are that one post shows; a test sets it
        self._watched, self._numbers = asyncio.Event(), count(1)
        self._driver: asyncio.Task[None] | None = None
        self.build()

    def build(self) -> None:
        """Everything that lives in the process."""
        database, clock, ids = self.database, self.clock, self.ids
        self.driver = InProcessDriver(clock=clock) if isinstance(clock, TickingClock) else ManualDriver(clock)
        derived = DerivedIds(b"secret")
        trail = trail_of(self.sealer, clock, self.line_ids)
        self.effects = Effects(
            sealer=self.sealer, dispatch=self.driver, clock=clock, ids=derived, trail=trail
        )
        self.commands = Commands(
            database=database,
            sealer=self.sealer,
            effects=self.effects,
            clock=clock,
            ids=ids,
            serving=self.serving,
        )
        opener = ThreadOpener(effects=self.effects)
        self.change = ConversationChanges((self._told_of_talk,))
        self.talks = ConversationService(changes=self.change, clock=clock, lasts=self.waits.claim)
        inbound = InboundDecider(
            self.ground(), opener=opener, announce=announce, talks=self.talks, telling=self._telling()
        )
        self.facts = InboxProcessor(
            self.ground(),
            inbound=inbound,
            read=lambda raw: self.meanings[raw],
            ids=derived,
            pseudonyms=trail.pseudonyms,
            recall=recaller(event_from),
        )
        finding = SweepFindings(self.ground(), store=stored)
        self.unheard = UnheardMessages(self.ground(), chats=self.chats or self.fanvue, finding=finding)
        self.places = ForumPlaces(replace(self.ground(), serving=ALONE))
        self.replies = ReplyService(self.ground())
        self.deliveries = self._deliveries(opener)

    def _telling(self) -> AlertRouter | None:
        """Who is told of what is an alert; None: the alerts channel."""
        return None

    def ground(self) -> Context:
        """What a feature of this process stands on."""
        return Context(
            database=self.database,
            sealer=self.sealer,
            effects=self.effects,
            commands=self.commands,
            dispatch=self.driver,
            clock=self.clock,
            ids=self.ids,
            waits=self.waits,
            talks=self.talks,
            serving=self.serving,
        )

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        parts = HandlerParts(
            self.ground(),
            discord=self.discord,
            fanvue=self.chats or self.fanvue,
            opener=opener,
            covers=LineRedactor(restricted=always),
            burst=self.burst,
        )
        return Deliveries(
            database=self.database,
            effects=self.effects,
            handlers=relay_handlers(parts),
            clock=self.clock,
            waits=self.waits,
            rng=random.Random(3),  # noqa: S311 - repeatable on purpose
            watch=self._watch,
            hint=self.driver.hint,
            crew=NOBODY_ELSE,
            room=self.room,
            free=self.driver.is_free,
        )

    async def _told_of_talk(self, _tx: Transaction, change: ConversationChanged) -> None:
        self.changes.append(change)

    async def talk(self, fan: Person = EMMA) -> Conversation:
        """How a fan's chat stands."""
        found = await self.database.read(lambda tx: conversations.get(tx, CREATOR, fan.id))
        assert found is not None
        return found

    def _watch(self, effect: Effect, how: str) -> None:
        self.watched.append((effect.kind, how))
        self._watched.set()

    async def until(self, kind: str, how: str, times: int = 1) -> None:
        """Return when effects of this kind have ended so, so often."""
        async with asyncio.timeout(20):
            while self.watched.count((kind, how)) < times:
                self._watched.clear()
                await self._watched.wait()

    # ── the process ──

    async def start(self) -> None:
        """As `bot.app.program` does it."""
        await begun(self.database)
        await self.commands.cancel_staged()
        self.driver.hint_all(await self.deliveries.recover())
        self.driver.hint_all(await self.facts.streams())
        drain = drain_by_prefix({"in": self.facts.drain, "": self.deliveries.drain})
        self._driver = asyncio.create_task(self.driver.run(drain))

    async def stop(self) -> None:
        """The process ends in peace: nothing new is begun, all that was begun is finished."""
        assert self._driver is not None
        self.deliveries.stop()
        self.driver.stop()
        async with asyncio.timeout(20):
            await self._driver
        await self.deliveries.early.give_back()
        self._driver = None

    async def crash(self) -> None:
        """The process ends wherever it is; only the database and the far sides remain."""
        if self._driver is not None:
            self._driver.cancel()
            await asyncio.wait([self._driver])
            self._driver = None

    async def restart(self) -> None:
        """Another process on the same database."""
        await self.crash()
        self.build()
        await self.start()

    async def turn(self) -> None:
        """Until nothing is left to do at this time."""
        assert isinstance(self.driver, ManualDriver)
        await self.driver.turn()

    async def pass_time(self, wait: Millis) -> None:
        """Until nothing is left to do, `wait` from now."""
        assert isinstance(self.driver, ManualDriver)
        await self.driver.pass_time(wait)

    # ── what happens ──

    async def link(self, creator: CreatorId = CREATOR, state: LinkState = LinkState.ACTIVE) -> None:
        """Somebody connects a creator."""
        link = Link(LinkId(f"link-{creator}"), creator, MAYA, GUILD, 1, state, "", "lola")

        async def work(tx: Transaction) -> None:
            await creators.learn(tx, Creator(creator, "lola", "Lola"), now=self.clock.now())
            await creators.add_link(tx, link, now=self.clock.now())

        await self.database.write(work)

    async def set_up(self, forum: DiscordId = FORUM, alerts: DiscordId = ALERTS) -> Creator | None:
        """Somebody runs /setup."""
        await begun(self.database)
        self.discord.forums.add(forum)
        self.discord.channels.setdefault(alerts, ChannelStandIn())
        able = await self.places.candidates(GUILD)
        theirs = [one.creator.id for one in able if forum in {there.id for there in one.forums}]
        creator = next(iter(theirs or [one.creator.id for one in able if not one.forums]), None)
        place = Forum(forum, GUILD, DiscordId(1), alerts, None, "{}")
        housed = await self.places.add(place, SetupDone(MAYA, creator, None))
        return housed.creator if housed is not None else None

    async def keep(self, event: Event, *, kind: str = "message", key: str | None = None) -> bool:
        """A webhook is kept, and not yet decided."""
        return await self.told(Understood(event, kind, key or str(getattr(event, "message", event))))

    async def told(self, meaning: Understood | NotUnderstood) -> bool:
        """A webhook with this meaning is kept."""
        raw = f"body {next(self._numbers)}".encode()
        self.meanings[raw] = meaning
        return await self.facts.keep(raw, meaning)

    async def happen(self, event: Event, *, kind: str = "message", key: str | None = None) -> bool:
        """A webhook is kept, and all that follows at once has happened."""
        fresh = await self.keep(event, kind=kind, key=key)
        await self.turn()
        return fresh

    def wrote(self, text: str | None, fan: Person = EMMA, *, complete: bool = True) -> FanWrote:
        """A fan writes on Fanvue; the event that tells of it, without the text unless `complete`."""
        there = self.fanvue.write(CREATOR, fan.id, text)
        told = text if complete else None
        return FanWrote(CREATOR, fan, there.message, there.sent_at, told, complete=complete)

    def echo(self, there: ChatMessage, fan: Person = EMMA, *, complete: bool = True) -> CreatorWrote:
        """The event that tells of a message from the creator's side."""
        text = there.text if complete else None
        return CreatorWrote(CREATOR, fan, there.message, there.sent_at, text, complete=complete)

    async def greeted(self, fan: Person = EMMA) -> DiscordId:
        """A fan has written once; their thread."""
        await self.happen(self.wrote("hello", fan))
        return await self.thread(fan)

    def wish(self, channel: DiscordId, interaction: str | None = None) -> CommandWish:
        """Maya uses a command in a channel."""
        number = next(self._numbers)
        return CommandWish(interaction or f"i{number}", MAYA, "Maya", GUILD, channel, f"token-{number}")

    async def reply(
        self,
        text: str | None,
        fan: Person = EMMA,
        *,
        price: int | None = None,
        media: tuple[str, ...] = (),
        interaction: str | None = None,
    ) -> EffectId:
        """Maya answers a fan, and Discord takes the answer; the driver may have begun on it."""
        wish = self.wish(await self.thread(fan), interaction)
        command = await self.replies.stage(ReplyWish(wish, text, price, media))
        await self.replies.accept(command)
        return (await self.send_of(command)).id

    # ── what is to be seen ──

    async def send_of(self, command: CommandId) -> Effect:
        """The send that a command became."""
        found = await self.database.read(lambda tx: outbox.by_cause(tx, command, "send"))
        assert found is not None
        return found

    async def effect(self, effect: EffectId) -> Effect:
        """An effect as it stands now."""
        found = await self.database.read(lambda tx: outbox.get(tx, effect))
        assert found is not None
        return found

    async def current(self, fan: Person = EMMA) -> FanThread | None:
        """What the bridge knows of a fan's thread."""
        return await self.database.read(lambda tx: threads.current(tx, CREATOR, fan.id))

    async def thread(self, fan: Person = EMMA) -> DiscordId:
        """A fan's thread on Discord."""
        known = await self.current(fan)
        assert known is not None
        assert known.thread is not None
        return known.thread

    async def lines(self, fan: Person = EMMA) -> list[str]:
        """What a fan's thread says, one text a post; the card not counted."""
        return [told(post) for post in self.discord.lines(await self.thread(fan))]

    async def whole_lines(self, fan: Person = EMMA) -> list[str]:
        """The same with titles and small print."""
        return [whole(post) for post in self.discord.lines(await self.thread(fan))]

    async def shown(self, reply: EffectId, fan: Person = EMMA) -> Post:
        """The post that shows a reply."""
        paired = await self.database.read(lambda tx: messages.of_effect(tx, reply))
        sent = {ref_from_elsewhere(self.effects, CREATOR, paired.message)} if paired else set()
        posts = self.discord.lines(await self.thread(fan))
        found = [post for post in posts if {button.ref for button in post.buttons} & {reply, *sent}]
        assert len(found) == 1
        return found[0]

    def texts(self, fan: Person = EMMA) -> list[str | None]:
        """What the creator's side has written to a fan, on Fanvue."""
        return [there.text for there in self.fanvue.chat(CREATOR, fan.id) if there.from_creator]


def told(post: Post) -> str:
    """The words of a post's body, without escapes."""
    return "\n".join(post.body).replace("\\", "")


def whole(post: Post) -> str:
    """The same with the title above and the small print below."""
    return "\n".join(filter(None, [post.title, told(post), post.small]))


@asynccontextmanager
async def running(
    path: Path, waits: RetryWaits | None = None, *, clock: SettableClock | None = None, ready: bool = True
) -> AsyncIterator[RelayScenario]:
    """A world whose relay runs; `ready`: a creator is linked and has a forum."""
    database = await open_database(database_in(path), now=0)
    world = RelayScenario(database, waits or RetryWaits(), clock or SettableClock())
    try:
        if ready:
            await world.link()
            await world.set_up()
        await world.start()
        yield world
        await world.crash()
    finally:
        await database.close()
