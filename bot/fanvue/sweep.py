"""Fanvue as the second source: lists and chats, read in the lane of the sweep."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import TypeVar

from bot.fanvue.budget import RequestLane
from bot.fanvue.chats import chat_message
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import FanvueError, OperationNotOffered
from bot.fanvue.figures import FanvueEarningRow, SubscriberRow
from bot.fanvue.models import ChatRow, UserRow
from bot.fanvue.outcomes import as_outcomes, outcome
from bot.fanvue.paging import ApiPage, Pages
from bot.fanvue.patient_api import PatientApi, Pause
from bot.fanvue.rows import FanvueRow
from bot.fanvue.values import word_of
from bot.model.acting_account import Identity
from bot.model.events import Person
from bot.model.ports import ChatMessage
from bot.relay.sweep_ports import ChatHead, SweepPage, SweptEarning, SweptSubscriber, UnreadableSweepRow
from storage.records import CreatorId, FanId, FanvueMessageId

R = TypeVar("R", bound=FanvueRow)
T = TypeVar("T")

_SHALLOW = 20  # messages of a chat in a batch read


class FanvueSweep:
    """Implements `bot.model.ports.SweepPort`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, pause: Pause) -> None:
        """`pause` waits so many seconds when the lane's share of Fanvue's limit is spent."""
        self._fanvue = fanvue
        self._identity = identity
        self._pause = pause
        self.on_wait: Callable[[CreatorId], Awaitable[None]] = _nobody  # told before it waits

    def chats(self, creator: CreatorId) -> AsyncGenerator[SweepPage[ChatHead], None]:
        """Every chat, the one with the newest message first."""
        return self._leaves(creator, lambda api: api.chats.list(), _head, _nothing)

    def messages(self, creator: CreatorId, fan: FanId) -> AsyncGenerator[SweepPage[ChatMessage], None]:
        """A chat, newest first, without marking it as read."""
        return self._leaves(
            creator, lambda api: api.chats.messages(fan), lambda row: chat_message(row, fan), _nothing
        )

    async def newest(
        self, creator: CreatorId, fans: Sequence[FanId]
    ) -> Mapping[FanId, SweepPage[ChatMessage]] | None:
        """The newest messages of many chats; on v1, and of managed creators, chats are read one by one."""
        if self._fanvue.addresses.prefix:
            return None
        api = await self._api(creator)
        try:
            batches = await api.chats.batch(fans, limit=_SHALLOW)
        except OperationNotOffered:
            return None
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        found = {}
        for fan, batch in batches.items():
            if batch.error is None:
                rows = tuple(chat_message(row, fan) for row in batch.page.rows)
                found[fan] = SweepPage(rows, _unreadable(batch.page), more=batch.has_more)
        return found

    def subscribers(self, creator: CreatorId) -> AsyncGenerator[SweepPage[SweptSubscriber], None]:
        """Active subscribers. On v1, those without the date that is promised there are unreadable as well."""
        lacking = _undated if self._fanvue.addresses.prefix else _nothing
        return self._leaves(creator, lambda api: api.lists.subscribers(), _joined, lacking)

    def earnings(self, creator: CreatorId, *, since: int) -> AsyncGenerator[SweepPage[SweptEarning], None]:
        """Read earnings since then."""
        return self._leaves(creator, lambda api: api.money.earnings(since=since), _earned, _nothing)

    async def _leaves(
        self,
        creator: CreatorId,
        pages_of: Callable[[IdentityApi], Pages[R]],
        turn: Callable[[R], T],
        lacking: Callable[[ApiPage[R]], tuple[UnreadableSweepRow, ...]],
    ) -> AsyncGenerator[SweepPage[T], None]:
        api = await self._api(creator)
        with as_outcomes(reading=True):
            async with aclosing(pages_of(api)) as pages:
                async for page in pages:
                    yield SweepPage(tuple(map(turn, page.rows)), (*_unreadable(page), *lacking(page)))

    async def _api(self, creator: CreatorId) -> PatientApi:
        async def pause(seconds: float) -> None:
            await self.on_wait(creator)
            await self._pause(seconds)

        return PatientApi(self._fanvue, await self._identity(creator), RequestLane.SWEEP, pause)


async def _nobody(_creator: CreatorId) -> None:
    pass


def _unreadable(page: ApiPage[R]) -> tuple[UnreadableSweepRow, ...]:
    return tuple(UnreadableSweepRow(skipped.id or skipped.mark, skipped.reason) for skipped in page.skipped)


def _person(user: UserRow) -> Person:
    return Person(FanId(user.uuid), handle=user.handle, display_name=user.display_name)


def _head(chat: ChatRow) -> ChatHead:
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


def _undated(page: ApiPage[SubscriberRow]) -> tuple[UnreadableSweepRow, ...]:
    lacking = [row for row in page.rows if not row.tells("first_subscribed_at")]
    return tuple(UnreadableSweepRow(row.uuid, "no readable firstSubscribedAt") for row in lacking)


def _nothing(_page: ApiPage[R]) -> tuple[UnreadableSweepRow, ...]:
    return ()


def _joined(row: SubscriberRow) -> SweptSubscriber:
    return SweptSubscriber(_person(row), row.first_subscribed_at)


def _earned(row: FanvueEarningRow) -> SweptEarning:
    back = row.reversed_transaction_order_id is not None
    gross = row.gross or 0
    return SweptEarning(
        fan=None if row.user is None else _person(row.user),
        source=word_of(row.source or "unknown"),
        gross=-abs(gross) if back else gross,
        at=row.date or 0,
        order=row.transaction_order_id,
        message=None if row.message_uuid is None else FanvueMessageId(row.message_uuid),
        post=row.post_uuid,
        currency=row.currency,
    )
