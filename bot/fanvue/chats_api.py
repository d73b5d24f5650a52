"""Chats and messages of one creator. Reading never marks a chat as read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.fanvue.calls import ApiCaller, flat, given, joined
from bot.fanvue.errors import RequestUnclear
from bot.fanvue.figures import MediaRow
from bot.fanvue.models import ChatBatch, ChatRow, MessageRow, MessageSent, OnlineStatus
from bot.fanvue.paging import ApiPage, Pages, page_of
from bot.fanvue.rows import FanvueRowError, answer, read
from storage.records import Cents, FanId, FanvueMessageId, MediaId

_UNREAD = ("markAsRead", "false")  # Fanvue's default is true: every read would hide what is new (B6)


@dataclass(frozen=True)
class ChatMessagesBatch:
    """The messages of one chat out of a batch read; `error` says why there are none."""

    page: ApiPage[MessageRow]
    has_more: bool = False
    error: str | None = None


class ChatsApi:
    """Methods on `/chats`."""

    def __init__(self, caller: ApiCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        kinds: Sequence[str] = (),
        search: str | None = None,
        sort: str | None = "most_recent_messages",
        custom_list: str | None = None,
    ) -> Pages[ChatRow]:
        """Chats, newest message first; `kinds` are Fanvue's filters, such as "unread"."""
        filters = flat(filter=kinds, search=search, sortBy=sort, customListId=custom_list)
        return self._caller.pages("chats", ChatRow, filters=filters)

    async def open(self, fan: FanId) -> None:
        """Open a chat with somebody who has none yet."""
        await self._caller.call(self._caller.road("open_chat"), body={"userUuid": fan})

    async def get(self, fan: FanId) -> ChatRow:
        """One chat. Only v1 has this: NotOffered elsewhere."""
        return answer(ChatRow, await self._caller.call(self._caller.road("chat"), parts={"userUuid": fan}))

    def messages(self, fan: FanId) -> Pages[MessageRow]:
        """The messages of a chat, newest first, 50 a page."""
        return self._caller.pages("messages", MessageRow, parts={"userUuid": fan}, filters=[_UNREAD])

    async def message(self, fan: FanId, message: FanvueMessageId) -> MessageRow:
        """One message. Only v1 has this: NotOffered elsewhere."""
        parts = {"userUuid": fan, "messageUuid": message}
        return answer(MessageRow, await self._caller.call(self._caller.road("message"), parts=parts))

    async def media(
        self, fan: FanId, message: FanvueMessageId, media: Sequence[MediaId], *, variants: Sequence[str] = ()
    ) -> Mapping[MediaId, MediaRow]:
        """Fetch a message's fresh signed media addresses, 20 at most; refused ones are absent."""
        body = await self._caller.call(
            self._caller.road("message_media"),
            parts={"userUuid": fan, "messageUuid": message},
            query=flat(mediaUuids=joined(media), variants=joined(variants)),
        )
        return found(body)

    async def send(
        self,
        fan: FanId,
        *,
        key: str,
        text: str | None = None,
        media: Sequence[MediaId] = (),
        price: Cents | None = None,
        preview: MediaId | None = None,
    ) -> FanvueMessageId:
        """Send one message: accepted, not delivered. `key` goes out as Idempotency-Key."""
        body = given(text=text, mediaUuids=list(media) or None, price=price, mediaPreviewUuid=preview)
        reply = await self._caller.call(
            self._caller.road("send"), parts={"userUuid": fan}, body=body, key=key
        )
        return answer(MessageSent, reply).message_uuid

    async def change(
        self, fan: FanId, *, read: bool | None = None, muted: bool | None = None, nickname: str | None = None
    ) -> None:
        """Have the chat be read, muted or called so; None: no change. The same twice is the same once."""
        body = given(isRead=read, isMuted=muted, nickname=nickname)
        await self._caller.call(self._caller.road("change_chat"), parts={"userUuid": fan}, body=body)

    async def delete(self, fan: FanId, message: FanvueMessageId) -> None:
        """Unsend an own message that nobody has bought."""
        parts = {"userUuid": fan, "messageUuid": message}
        await self._caller.call(self._caller.road("delete_message"), parts=parts)

    async def batch(
        self, fans: Sequence[FanId], *, since: FanvueMessageId | None = None, limit: int = 20
    ) -> Mapping[FanId, ChatMessagesBatch]:
        """The newest messages of up to 50 chats with one request."""
        body = given(chatUuids=list(fans), limit=limit, sinceMessageUuid=since)
        reply = await self._caller.call(self._caller.road("messages_batch"), body=body)
        chats = reply.get("byChat") if isinstance(reply, dict) else None
        if not isinstance(chats, dict):
            raise RequestUnclear("Fanvue's batch was not readable")
        return {FanId(fan): _batch(chat) for fan, chat in chats.items()}

    async def statuses(self, fans: Sequence[FanId]) -> Mapping[FanId, OnlineStatus]:
        """Read online states. They go stale: see `last_seen_at` too."""
        reply = await self._caller.call(self._caller.road("statuses"), body={"userUuids": list(fans)})
        if not isinstance(reply, dict):
            raise RequestUnclear("Fanvue's statuses were not readable")
        return {FanId(fan): read(OnlineStatus, row) for fan, row in reply.items() if isinstance(row, dict)}


def found(body: Any) -> Mapping[MediaId, MediaRow]:
    """Return media items that a read by ids brought back."""
    results = body.get("results") if isinstance(body, dict) else None
    if not isinstance(results, dict):
        raise RequestUnclear("Fanvue's media were not readable")
    rows: dict[MediaId, MediaRow] = {}
    for media, row in results.items():
        try:
            rows[MediaId(media)] = read(MediaRow, row)
        except FanvueRowError:
            continue  # null: not found or not bought; it is absent, as promised
    return rows


def _batch(chat: Any) -> ChatMessagesBatch:
    try:
        told = read(ChatBatch, chat)
    except FanvueRowError as error:
        return ChatMessagesBatch(ApiPage(()), error=str(error))
    return ChatMessagesBatch(page_of(MessageRow, told.messages or ()), bool(told.has_more), told.error)
