"""A world whose relay sweeps, and Fanvue's lists as the sweep reads them."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from bot.engine.dispatch import drain_by_prefix
from bot.engine.retry import RetryWaits
from bot.fanvue.event_storage import event_from, stored
from bot.features.operations.alerts.announcement_texts import announce
from bot.model.events import Person
from bot.model.ports import ChatMessage
from bot.relay.inbound_events import InboundDecider
from bot.relay.inbox_processor import InboxProcessor
from bot.relay.reconciliation import Reconciliation, open_second
from bot.relay.sweep import sweep_stream
from bot.relay.sweep_ports import ChatHead, SweepPage, SweptEarning, SweptSubscriber, UnreadableSweepRow
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.records import CreatorId, FanId, FanvueMessageId, Millis
from tests.audit_log_fixtures import begun
from tests.database_place import database_in
from tests.relay.clock_fixtures import ManualDriver, SettableClock
from tests.relay.far_side_stand_ins import FanvueChats
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, NOAH, RelayScenario, told

T = TypeVar("T")
MINUTE: Millis = 60_000
NAMES = {EMMA.id: EMMA, NOAH.id: NOAH}


class FanvueListsStandIn:
    """Fanvue's lists over the chats of the other stand-in, a page at a time."""

    def __init__(self, chats: FanvueChats, clock: SettableClock) -> None:
        self.people: dict[FanId, Person] = dict(NAMES)
        self.size = 50
        self.batches = False  # the unversioned surface
        self.earned: list[SweptEarning] = []
        self.joined: list[SweptSubscriber] = []
        self.broadcast_at: Millis | None = None  # a message to many became every chat's newest then
        self.unread: dict[FanId, int | None] = {}
        self.spoiled: dict[FanId, list[UnreadableSweepRow]] = {}
        self.odd: dict[
            str, tuple[UnreadableSweepRow, ...]
        ] = {}  # rows on each page of one of the other lists
        self.between_pages: Callable[[], None] = lambda: None  # somebody writes while the sweep turns a page
        self._chats = chats
        self._clock = clock

    async def chats(self, creator: CreatorId) -> AsyncGenerator[SweepPage[ChatHead], None]:
        given: set[FanId] = set()
        while True:
            heads = [head for head in self._heads(creator) if head.fan.id not in given][: self.size]
            if not heads:
                return
            given |= {head.fan.id for head in heads}
            yield await self._chats.faults.around("chats", lambda heads=heads: SweepPage(tuple(heads)))  # type: ignore[misc]
            self.between_pages()

    async def messages(self, creator: CreatorId, fan: FanId) -> AsyncGenerator[SweepPage[ChatMessage], None]:
        chat, odd = self._newest_first(creator, fan), tuple(self.spoiled.get(fan, ()))
        for start in range(0, len(chat), self.size):
            leaf = SweepPage(tuple(chat[start : start + self.size]), odd if start == 0 else ())
            yield await self._chats.faults.around("messages", lambda leaf=leaf: leaf)  # type: ignore[misc]

    async def newest(
        self, creator: CreatorId, fans: Sequence[FanId]
    ) -> Mapping[FanId, SweepPage[ChatMessage]] | None:
        if not self.batches:
            return None
        chats = {fan: self._newest_first(creator, fan) for fan in fans}
        return await self._chats.faults.around(
            "newest",
            lambda: {
                fan: SweepPage(tuple(chat[:20]), tuple(self.spoiled.get(fan, ())), more=len(chat) > 20)
                for fan, chat in chats.items()
            },
        )

    def subscribers(self, _creator: CreatorId) -> AsyncGenerator[SweepPage[SweptSubscriber], None]:
        return self._pages("subscribers", self.joined[::-1])

    def earnings(
        self, _creator: CreatorId, *, since: Millis
    ) -> AsyncGenerator[SweepPage[SweptEarning], None]:
        return self._pages("earnings", [row for row in self.earned[::-1] if row.at >= since])

    async def _pages(self, call: str, rows: Sequence[T]) -> AsyncGenerator[SweepPage[T], None]:
        for start in range(0, max(len(rows), 1), self.size):
            leaf = SweepPage(tuple(rows[start : start + self.size]), self.odd.get(call, ()))
            yield await self._chats.faults.around(call, lambda leaf=leaf: leaf)  # type: ignore[misc]

    def _newest_first(self, creator: CreatorId, fan: FanId) -> list[ChatMessage]:
        return self._chats.chat(creator, fan)[::-1]

    def _heads(self, creator: CreatorId) -> list[ChatHead]:
        heads = []
        for fan, person in self.people.items():
            chat = self._chats.chat(creator, fan)
            if chat:
                heads.append(self._head(person, chat[-1]))
        return sorted(heads, key=lambda head: head.last_at or 0, reverse=True)

    def _head(self, person: Person, last: ChatMessage) -> ChatHead:
        """As Fanvue shows it: a message to many is a chat's newest, and never among its messages."""
        unread, at = self.unread.get(person.id, 0), self.broadcast_at
        if at is None or last.sent_at > at:
            return ChatHead(person, last.message, last.sent_at, unread=unread)
        copy = FanvueMessageId(f"copy-{at}-{person.id}")
        return ChatHead(person, copy, at, kind="BROADCAST", unread=unread)


class SweepScenario(RelayScenario):
    """The world of the other tests, and a relay that looks by itself."""

    lists: FanvueListsStandIn
    second: Reconciliation

    def build(self) -> None:
        super().build()
        assert isinstance(self.driver, ManualDriver)
        if not hasattr(self, "lists"):
            self.lists = FanvueListsStandIn(self.fanvue, self.clock)
        self.second = open_second(
            self.ground(),
            self.lists,
            store=stored,
            recall=event_from,
            hint=self.driver.hint,
            driver=self.driver,
        )
        self.facts = InboxProcessor(
            self.ground(),
            inbound=InboundDecider(
                self.ground(),
                opener=ThreadOpener(effects=self.effects),
                announce=announce,
                late=self.waits.late,
            ),
            read=lambda raw: self.meanings[raw],
            ids=self.effects.ids,
            pseudonyms=self.effects.trail.pseudonyms,
            catching_up=self.second.catching_up,
            recall=self.second.recall,
        )

    async def start(self) -> None:
        """As `bot.app.lifetime` does it."""
        await begun(self.database)
        await self.commands.cancel_staged()
        await self.second.sweeps.begin()
        self.driver.hint_all(await self.deliveries.recover())
        self.driver.hint_all(await self.facts.streams())
        drain = drain_by_prefix(
            {"in": self.facts.drain, "sw": self.second.sweeps.drain, "": self.deliveries.drain}
        )
        self._driver = asyncio.create_task(self.driver.run(drain))

    async def sweep(self) -> None:
        """One sweep now, and all that follows from it."""
        self.driver.hint(sweep_stream(CREATOR))
        await self.turn()
        await self.pass_time(self.waits.hold)

    def alerts(self) -> list[str]:
        """What the alerts channel says: each title with its words."""
        return [f"{post.title}: {told(post)}" for post in self.discord.lines(ALERTS)]

    async def facts_in(self, state: str) -> list[str]:
        """The kinds of the facts in this state."""

        async def work(tx: Transaction) -> list[str]:
            rows = await tx.all("SELECT kind FROM inbox WHERE state = :state ORDER BY kind", state=state)
            return [row["kind"] for row in rows]

        return await self.database.read(work)


@asynccontextmanager
async def sweeping(path: Path, waits: RetryWaits | None = None) -> AsyncIterator[SweepScenario]:
    """A linked creator with a forum, swept once: everything that was there before stays on Fanvue."""
    database = await open_database(database_in(path), now=0)
    world = SweepScenario(database, waits or RetryWaits(), SettableClock())
    try:
        await world.link()
        await world.set_up()
        await world.start()
        await world.turn()
        await world.pass_time(MINUTE)
        yield world
        await world.crash()
    finally:
        await database.close()
