"""Notices offers and purchases in chats that are read on Fanvue."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Protocol

from bot.engine.slots import Slot
from bot.model.acting_account import CallAccount
from bot.model.events import Person
from bot.model.ports import ChatLook, ChatMessage, FanvuePort, MessageToFan
from bot.model.read_purposes import ReadPurpose
from bot.relay.context import Context
from bot.relay.sweep_ports import ChatHead, SweepPage, SweepPort, SweptEarning, SweptSubscriber
from storage.database import Transaction
from storage.inbox import offers
from storage.people import retention
from storage.records import CreatorId, FanId, FanvueMessageId, Millis

Changed = Callable[[Transaction, CreatorId, FanId], Awaitable[None]]


class ChatListObserver(Protocol):
    """A listener for chats, as a list of them shows them."""

    async def look(self, creator: CreatorId, heads: Sequence[ChatHead]) -> None:
        """A page of that list."""


CHAT_LIST_OBSERVERS = Slot[ChatListObserver]("who hears of lists of chats")


class PurchaseObserver:
    """Keeps what is news, and writes nothing where nothing is."""

    def __init__(self, ctx: Context, *, changed: Changed) -> None:
        """`changed`: shows what is known of a fan."""
        self._ctx = ctx
        self._changed = changed

    async def look(self, creator: CreatorId, fan: FanId, rows: Sequence[ChatMessage]) -> None:
        """These messages of a chat were read."""
        read = [_read_of(row) for row in rows if row.from_creator and row.media]
        if not read:
            return
        news = await self._ctx.database.read(lambda tx: self._news(tx, creator, read))
        if news:
            await self._ctx.database.write(lambda tx: self._keep(tx, creator, fan, news))

    async def _news(
        self, tx: Transaction, creator: CreatorId, read: Sequence[offers.MessageWithItems]
    ) -> list[offers.MessageWithItems]:
        """News, less messages that expire at once: every look would learn them again."""
        terms = await retention.terms(tx, creator)
        since = terms.before(terms.records, self._ctx.clock.now())
        return await offers.news(tx, creator, [one for one in read if one.sent_at >= since])

    async def _keep(
        self, tx: Transaction, creator: CreatorId, fan: FanId, news: Sequence[offers.MessageWithItems]
    ) -> None:
        if await offers.were_read(tx, creator, fan, news):
            await self._changed(tx, creator, fan)


class ObservedChats:
    """A creator's chats, and what is noticed in them; a `FanvuePort`."""

    def __init__(self, chats: FanvuePort, noticing: PurchaseObserver) -> None:
        self._chats = chats
        self._noticing = noticing

    async def send(
        self,
        creator: CreatorId,
        fan: FanId,
        message: MessageToFan,
        *,
        key: str,
        voice: CallAccount | None = None,
    ) -> FanvueMessageId:
        return await self._chats.send(creator, fan, message, key=key, voice=voice)

    async def message(
        self, creator: CreatorId, fan: FanId, message: FanvueMessageId, reads: ReadPurpose
    ) -> ChatMessage:
        """Read one message without marking the chat as read."""
        found = await self._chats.message(creator, fan, message, reads)
        await self._noticing.look(creator, fan, [found])
        return found

    async def recent(self, creator: CreatorId, fan: FanId, reads: ReadPurpose) -> Sequence[ChatMessage]:
        """Read the newest 50 messages of a chat, newest first, without marking it as read."""
        found = await self._chats.recent(creator, fan, reads)
        await self._noticing.look(creator, fan, found)
        return found

    async def sent_since(self, creator: CreatorId, fan: FanId, since: Millis) -> Sequence[ChatMessage]:
        """Read all that was sent since then, to find one message among it."""
        found = await self._chats.sent_since(creator, fan, since)
        await self._noticing.look(creator, fan, found)
        return found

    async def lately(
        self, creator: CreatorId, fan: FanId, reads: ReadPurpose, look: ChatLook
    ) -> Sequence[ChatMessage]:
        """Read what a chat has had since a moment, newest first, without marking it as read."""
        found = await self._chats.lately(creator, fan, reads, look)
        await self._noticing.look(creator, fan, found)
        return found

    async def unsend(self, creator: CreatorId, fan: FanId, message: FanvueMessageId) -> None:
        """Take an own message back."""
        await self._chats.unsend(creator, fan, message)

    async def has(self, creator: CreatorId, fan: FanId, message: FanvueMessageId, *, since: Millis) -> bool:
        """Whether a chat still has a message that was sent no earlier than `since`."""
        return await self._chats.has(creator, fan, message, since=since)

    async def person(self, creator: CreatorId, fan: FanId) -> Person:
        return await self._chats.person(creator, fan)


class ObservedSweep:
    """Reads for the sweeps and observes what it reads; a `SweepPort`."""

    def __init__(
        self, port: SweepPort, noticing: PurchaseObserver, heads: Sequence[ChatListObserver]
    ) -> None:
        """`heads`: other listeners for chats, as the list of them shows them."""
        self._port = port
        self._noticing = noticing
        self._heads = heads

    async def chats(self, creator: CreatorId) -> AsyncGenerator[SweepPage[ChatHead], None]:
        """Every chat, the one with the newest message first."""
        async with aclosing(self._port.chats(creator)) as leaves:
            async for leaf in leaves:
                for told in self._heads:
                    await told.look(creator, leaf.rows)
                yield leaf

    async def messages(self, creator: CreatorId, fan: FanId) -> AsyncGenerator[SweepPage[ChatMessage], None]:
        """A chat, newest first."""
        async with aclosing(self._port.messages(creator, fan)) as leaves:
            async for leaf in leaves:
                await self._noticing.look(creator, fan, leaf.rows)
                yield leaf

    async def newest(
        self, creator: CreatorId, fans: Sequence[FanId]
    ) -> Mapping[FanId, SweepPage[ChatMessage]] | None:
        """The newest messages of up to 50 chats with one request."""
        found = await self._port.newest(creator, fans)
        for fan, leaf in (found or {}).items():
            await self._noticing.look(creator, fan, leaf.rows)
        return found

    def subscribers(self, creator: CreatorId) -> AsyncGenerator[SweepPage[SweptSubscriber], None]:
        return self._port.subscribers(creator)

    def earnings(self, creator: CreatorId, *, since: Millis) -> AsyncGenerator[SweepPage[SweptEarning], None]:
        """Earnings since then."""
        return self._port.earnings(creator, since=since)


def _read_of(row: ChatMessage) -> offers.MessageWithItems:
    return offers.MessageWithItems(row.message, row.media, row.price, row.sent_at, row.bought_at)
