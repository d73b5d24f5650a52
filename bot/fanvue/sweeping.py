"""Fanvue as the second source: lists and chats, read in the lane of the sweep."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import TypeVar

from bot.fanvue.budget import Lane
from bot.fanvue.chats import chat_message
from bot.fanvue.client import Acting, Fanvue
from bot.fanvue.errors import FanvueError, NotOffered
from bot.fanvue.figures import Earning, Subscriber
from bot.fanvue.models import Chat, User
from bot.fanvue.outcomes import outcome
from bot.fanvue.paging import Page, Pages
from bot.fanvue.patient import Patient, Pause
from bot.fanvue.rows import Row
from bot.fanvue.values import word_of
from bot.relay.events import Person
from bot.relay.ports import ChatMessage
from bot.relay.sweep_ports import ChatHead, Earned, Joined, Leaf, Unreadable
from bot.relay.voices import Identity
from storage.records import CreatorId, FanId, FanvueMessageId

R = TypeVar("R", bound=Row)
T = TypeVar("T")

_SHALLOW = 20  # messages of a chat in a batch read


class Sweeping:
    """Implements `bot.relay.ports.SweepPort`."""

    def __init__(self, fanvue: Fanvue, identity: Identity, pause: Pause) -> None:
        """`pause` waits so many seconds when the lane's share of Fanvue's limit is spent."""
        self._fanvue = fanvue
        self._identity = identity
        self._pause = pause
        self.on_wait: Callable[[CreatorId], Awaitable[None]] = _nobody  # told before it waits

    def chats(self, creator: CreatorId) -> AsyncGenerator[Leaf[ChatHead], None]:
        """Every chat, the one with the newest message first."""
        return self._leaves(creator, lambda api: api.chats.list(), _head, _nothing)

    def messages(self, creator: CreatorId, fan: FanId) -> AsyncGenerator[Leaf[ChatMessage], None]:
        """A chat, newest first, without marking it as read."""
        return self._leaves(
            creator, lambda api: api.chats.messages(fan), lambda row: chat_message(row, fan), _nothing
        )

    async def newest(
        self, creator: CreatorId, fans: Sequence[FanId]
    ) -> Mapping[FanId, Leaf[ChatMessage]] | None:
        """The newest messages of many chats; on v1, and of managed creators, chats are read one by one."""
        if self._fanvue.prefix:
            return None
        api = await self._api(creator)
        try:
            batches = await api.chats.batch(fans, limit=_SHALLOW)
        except NotOffered:
            return None
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        found = {}
        for fan, batch in batches.items():
            if batch.error is None:
                rows = tuple(chat_message(row, fan) for row in batch.page.rows)
                found[fan] = Leaf(rows, _unreadable(batch.page), more=batch.has_more)
        return found

    def subscribers(self, creator: CreatorId) -> AsyncGenerator[Leaf[Joined], None]:
        """Active subscribers. On v1, those without the date that is promised there are unreadable as well."""
        lacking = _undated if self._fanvue.prefix else _nothing
        return self._leaves(creator, lambda api: api.lists.subscribers(), _joined, lacking)

    def earnings(self, creator: CreatorId, *, since: int) -> AsyncGenerator[Leaf[Earned], None]:
        """What came in since then."""
        return self._leaves(creator, lambda api: api.money.earnings(since=since), _earned, _nothing)

    async def _leaves(
        self,
        creator: CreatorId,
        pages_of: Callable[[Acting], Pages[R]],
        turn: Callable[[R], T],
        lacking: Callable[[Page[R]], tuple[Unreadable, ...]],
    ) -> AsyncGenerator[Leaf[T], None]:
        api = await self._api(creator)
        try:
            async with aclosing(pages_of(api)) as pages:
                async for page in pages:
                    yield Leaf(tuple(map(turn, page.rows)), (*_unreadable(page), *lacking(page)))
        except FanvueError as error:
            raise outcome(error, reading=True) from error

    async def _api(self, creator: CreatorId) -> Patient:
        async def pause(seconds: float) -> None:
            await self.on_wait(creator)
            await self._pause(seconds)

        return Patient(self._fanvue, await self._identity(creator), Lane.SWEEP, pause)


async def _nobody(_creator: CreatorId) -> None:
    pass


def _unreadable(page: Page[R]) -> tuple[Unreadable, ...]:
    return tuple(Unreadable(skipped.id or skipped.mark, skipped.reason) for skipped in page.skipped)


def _person(user: User) -> Person:
    return Person(FanId(user.uuid), handle=user.handle, display_name=user.display_name)


def _head(chat: Chat) -> ChatHead:
    last = chat.last_message
    uuid = last.uuid if last else None
    at = chat.last_message_at or (last.sent_at if last else None)
    return ChatHead(
        _person(chat.user),
        None if uuid is None else FanvueMessageId(uuid),
        at,
        kind=last.type if last else None,
        text=last.text if last else None,
        unread=chat.unread_messages_count,
    )


def _undated(page: Page[Subscriber]) -> tuple[Unreadable, ...]:
    lacking = [row for row in page.rows if not row.tells("first_subscribed_at")]
    return tuple(Unreadable(row.uuid, "no readable firstSubscribedAt") for row in lacking)


def _nothing(_page: Page[R]) -> tuple[Unreadable, ...]:
    return ()


def _joined(row: Subscriber) -> Joined:
    return Joined(_person(row), row.first_subscribed_at)


def _earned(row: Earning) -> Earned:
    back = row.reversed_transaction_order_id is not None
    gross = row.gross or 0
    return Earned(
        fan=None if row.user is None else _person(row.user),
        source=word_of(row.source or "unknown"),
        gross=-abs(gross) if back else gross,
        at=row.date or 0,
        order=row.transaction_order_id,
        message=None if row.message_uuid is None else FanvueMessageId(row.message_uuid),
        post=row.post_uuid,
        currency=row.currency,
    )
