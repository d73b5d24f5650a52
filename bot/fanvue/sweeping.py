"""Fanvue as the second source: lists and chats, read in the lane of the sweep."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any, TypeVar

from bot.fanvue.auth import LinkAuth
from bot.fanvue.budget import Bucket, Lane
from bot.fanvue.chats import Identity, chat_message
from bot.fanvue.client import Acting, Fanvue
from bot.fanvue.errors import FanvueError, RateLimited
from bot.fanvue.figures import Earning, Subscriber
from bot.fanvue.models import Chat, User
from bot.fanvue.operations import Road
from bot.fanvue.outcomes import outcome
from bot.fanvue.paging import Page, Pages, Query
from bot.fanvue.rows import Row
from bot.relay.events import Person
from bot.relay.ports import ChatHead, ChatMessage, Earned, Joined, Leaf, Unreadable
from storage.records import CreatorId, FanId, FanvueMessageId, LinkId

R = TypeVar("R", bound=Row)
T = TypeVar("T")
Pause = Callable[[float], Awaitable[None]]

_SHALLOW = 20  # messages of a chat in a batch read
_LONGEST_PAUSE = 120.0
_MOST_PAUSES = 60


class Sweeping:
    """Implements `bot.relay.ports.SweepPort`."""

    def __init__(self, fanvue: Fanvue, identity: Identity, pause: Pause) -> None:
        """`pause` waits so many seconds when the lane's share of Fanvue's limit is spent."""
        self._fanvue = fanvue
        self._identity = identity
        self._pause = pause
        self.on_wait: Callable[[CreatorId], None] = lambda _creator: None  # told before it waits

    def chats(self, creator: CreatorId) -> AsyncGenerator[Leaf[ChatHead], None]:
        """Every chat, the one with the newest message first."""
        return self._leaves(creator, lambda api: api.chats.list(), _head)

    def messages(self, creator: CreatorId, fan: FanId) -> AsyncGenerator[Leaf[ChatMessage], None]:
        """A chat, newest first, without marking it as read."""
        return self._leaves(creator, lambda api: api.chats.messages(fan), lambda row: chat_message(row, fan))

    async def newest(
        self, creator: CreatorId, fans: Sequence[FanId]
    ) -> Mapping[FanId, Leaf[ChatMessage]] | None:
        """The newest messages of many chats; where v1 is used, its date windows are read one by one."""
        if self._fanvue.prefix:
            return None
        api = await self._api(creator)
        try:
            batches = await api.chats.batch(fans, limit=_SHALLOW)
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        found = {}
        for fan, batch in batches.items():
            if batch.error is None:
                rows = tuple(chat_message(row, fan) for row in batch.page.rows)
                found[fan] = Leaf(rows, _unreadable(batch.page), more=batch.has_more)
        return found

    def subscribers(self, creator: CreatorId) -> AsyncGenerator[Leaf[Joined], None]:
        """Active subscribers."""
        return self._leaves(creator, lambda api: api.lists.subscribers(), _joined)

    def earnings(self, creator: CreatorId, *, since: int) -> AsyncGenerator[Leaf[Earned], None]:
        """What came in since then."""
        return self._leaves(creator, lambda api: api.money.earnings(since=since), _earned)

    async def _leaves(
        self, creator: CreatorId, pages_of: Callable[[Acting], Pages[R]], turn: Callable[[R], T]
    ) -> AsyncGenerator[Leaf[T], None]:
        api = await self._api(creator)
        try:
            async with aclosing(pages_of(api)) as pages:
                async for page in pages:
                    yield Leaf(tuple(map(turn, page.rows)), _unreadable(page))
        except FanvueError as error:
            raise outcome(error, reading=True) from error

    async def _api(self, creator: CreatorId) -> "_Patient":
        async def pause(seconds: float) -> None:
            self.on_wait(creator)
            await self._pause(seconds)

        return _Patient(self._fanvue, await self._identity(creator), pause)


class _Patient(Acting):
    """The API for reading much: it waits for its turn in the middle of a list, instead of starting over."""

    def __init__(self, fanvue: Fanvue, link: LinkId, pause: Pause) -> None:
        super().__init__(fanvue, LinkAuth(fanvue.tokens, link), Bucket(link), Lane.SWEEP, None)
        self._pause = pause

    async def call(
        self,
        way: Road,
        *,
        parts: Mapping[str, str] | None = None,
        query: Query = (),
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> Any:
        """One read; what was refused for its rate was not carried out, so it is asked again."""
        for _ in range(_MOST_PAUSES):
            try:
                return await super().call(way, parts=parts, query=query, body=body, key=key)
            except RateLimited as limited:
                if limited.after > _LONGEST_PAUSE:
                    raise
                await self._pause(limited.after)
        return await super().call(way, parts=parts, query=query, body=body, key=key)


def _unreadable(page: Page[R]) -> tuple[Unreadable, ...]:
    return tuple(Unreadable(skipped.id or skipped.mark, skipped.reason) for skipped in page.skipped)


def _person(user: User) -> Person:
    return Person(FanId(user.uuid), handle=user.handle, display_name=user.display_name)


def _head(chat: Chat) -> ChatHead:
    last = chat.last_message
    uuid = last.uuid if last else None
    at = chat.last_message_at or (last.sent_at if last else None)
    return ChatHead(_person(chat.user), None if uuid is None else FanvueMessageId(uuid), at)


def _joined(row: Subscriber) -> Joined:
    return Joined(_person(row), row.first_subscribed_at)


def _earned(row: Earning) -> Earned:
    back = row.reversed_transaction_order_id is not None
    gross = row.gross or 0
    return Earned(
        fan=None if row.user is None else _person(row.user),
        source=row.source or "unknown",
        gross=-abs(gross) if back else gross,
        at=row.date or 0,
        order=row.transaction_order_id,
        message=None if row.message_uuid is None else FanvueMessageId(row.message_uuid),
        post=row.post_uuid,
    )
