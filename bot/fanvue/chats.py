"""Fanvue for the relay: one attempt each, ending in the relay's words."""

from collections.abc import Sequence
from contextlib import aclosing

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import FanvueError, ObjectNotFound, OperationNotOffered, RequestInvalid
from bot.fanvue.models import MessageRow
from bot.fanvue.outcomes import as_outcomes, outcome
from bot.fanvue.pages import ChatPages
from bot.fanvue.paging import SkippedRow, may_be_from
from bot.fanvue.read_room import LANES, ReadRoom
from bot.model.acting_account import CallAccount, Identity
from bot.model.errors import DeliveryRefused, TargetGone, TryLater
from bot.model.events import GIFT, NO_SENDER, NO_TEXT, NO_TYPE, ORDINARY, TIP, UNTOLD, Person, is_known_type
from bot.model.language import msgid
from bot.model.ports import ChatLook, ChatMessage, Clock, MessageToFan
from bot.model.read_purposes import ReadPurpose
from bot.relay.send_match import NOT_TOLD, SKEW
from storage.records import CreatorId, FanId, FanvueMessageId, Millis


class FanvueChatAdapter:
    """A creator's chats; implements `bot.model.ports.FanvuePort`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, clock: Clock) -> None:
        """`identity` says whose account speaks for a creator; it may raise TryLater(paused=True)."""
        self._fanvue = fanvue
        self._pages = ChatPages(fanvue, self._account, clock)
        self.room = ReadRoom(fanvue, self._pages)
        self._identity = self.room.learning(identity)

    async def send(
        self,
        creator: CreatorId,
        fan: FanId,
        message: MessageToFan,
        *,
        key: str,
        voice: CallAccount | None = None,
    ) -> FanvueMessageId:
        """Send once; `key` goes out as Idempotency-Key. Unknown when it may have arrived."""
        api = self._fanvue.speaking(voice or await self._identity(creator), lane=RequestLane.REPLY)
        with as_outcomes(reading=False):
            return await api.chats.send(
                fan,
                key=key,
                text=message.text,
                media=message.media,
                price=message.price,
                preview=message.preview,
            )

    async def message(
        self, creator: CreatorId, fan: FanId, message: FanvueMessageId, reads: ReadPurpose
    ) -> ChatMessage:
        """Read one message without marking the chat as read; for a card as it is right now."""
        read = self._pages.alone if reads is ReadPurpose.CARD else self._pages.message
        with as_outcomes(reading=True):
            found = await read(creator, fan, message, LANES[reads])
        if found is None:
            raise TargetGone(msgid("This message is not in its chat on Fanvue."))
        return chat_message(found, fan)

    async def recent(self, creator: CreatorId, fan: FanId, reads: ReadPurpose) -> Sequence[ChatMessage]:
        """Read the newest 50 messages of a chat, newest first, without marking it as read."""
        with as_outcomes(reading=True):
            page = await self._pages.read(creator, fan, LANES[reads])
        if page.skipped and not page.rows:
            raise TryLater(NOT_TOLD)  # there is something, and nothing of it can be read
        return [chat_message(row, fan) for row in page.rows]

    async def sent_since(self, creator: CreatorId, fan: FanId, since: Millis) -> Sequence[ChatMessage]:
        """See `bot.model.ports.FanvuePort`; one request, unless more than 50 have come since."""
        with as_outcomes(reading=True):
            page = await self._pages.searched(creator, fan, LANES[ReadPurpose.SETTLE], since)
        if (page.skipped and not page.rows) or not page.reaches(since):
            raise TryLater(NOT_TOLD)
        return [*(chat_message(row, fan) for row in page.rows), *map(_hidden, page.skipped)]

    async def lately(
        self, creator: CreatorId, fan: FanId, reads: ReadPurpose, look: ChatLook
    ) -> Sequence[ChatMessage]:
        """Read what a chat has had since a moment, newest first, without marking it as read."""
        with as_outcomes(reading=True):
            page = await self._pages.lately(
                creator, fan, LANES[reads], needs=look.needs, since=look.since, beside=look.beside
            )
        return [chat_message(row, fan) for row in page.rows if (row.sent_at or look.since) >= look.since]

    async def unsend(self, creator: CreatorId, fan: FanId, message: FanvueMessageId) -> None:
        """Take an own message back; fine when it is gone already, Refused when it was bought."""
        api = await self._api(creator, RequestLane.REPLY)
        try:
            await api.chats.delete(fan, message)
        except ObjectNotFound:
            return
        except RequestInvalid as error:
            raise DeliveryRefused(
                msgid("A message that was bought, or that went to many, is not taken back.")
            ) from error
        except FanvueError as error:
            raise outcome(error, reading=False) from error

    async def has(self, creator: CreatorId, fan: FanId, message: FanvueMessageId, *, since: Millis) -> bool:
        """Whether a chat still has a message that was sent no earlier than `since`."""
        api = await self._api(creator, RequestLane.SETTLE)
        try:
            try:
                await api.chats.message(fan, message)
            except OperationNotOffered:
                return await _listed(api, fan, message, since)
        except ObjectNotFound:
            return False
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return True

    async def person(self, creator: CreatorId, fan: FanId) -> Person:
        """Read a fan's names; none where only the unversioned surface is used, which has no single chat."""
        api = await self._api(creator, RequestLane.CARD)
        with as_outcomes(reading=True):
            try:
                user = (await api.chats.get(fan)).user
            except (
                OperationNotOffered
            ):  # messages do not say it everywhere, and a guess would be a wrong name
                return Person(fan)
        return Person(fan, handle=user.handle, display_name=user.display_name)

    async def _account(self, creator: CreatorId) -> CallAccount:
        return await self._identity(creator)

    async def _api(self, creator: CreatorId, lane: RequestLane) -> IdentityApi:
        return self._fanvue.speaking(await self._identity(creator), lane=lane)


def chat_message(row: MessageRow, fan: FanId) -> ChatMessage:
    """Word a message for the relay. A sender surely not the fan speaks for the creator."""
    sender = row.sender.uuid if row.sender is not None else None
    from_creator = bool(sender) and sender != fan
    return ChatMessage(
        message=row.uuid,
        from_creator=from_creator,
        text=row.text,
        media=tuple(row.media_uuids or ()),
        price=row.price,
        sent_at=row.sent_at or 0,
        read=row.is_read,
        bought_at=row.purchased_at,
        kind=row.type if from_creator else _kind(row),
        unclear=NO_SENDER if not sender else _doubt(row) if from_creator else "",
        media_type=row.media_type,
        wordless=row.wordless,
    )


def _hidden(row: SkippedRow) -> ChatMessage:
    """Of a message that cannot be read nobody can say whose it is."""
    return ChatMessage(
        message=FanvueMessageId(row.id or row.mark),
        from_creator=False,
        text=None,
        media=(),
        price=None,
        sent_at=row.at or 0,
        read=None,
        bought_at=None,
        unclear=NO_SENDER,
    )


def _doubt(row: MessageRow) -> str:
    """Say why a message of the creator's side is no answer of theirs."""
    if row.type is None or not is_known_type(row.type):
        return NO_TYPE
    return NO_TEXT if row.wordless else ""


def _kind(row: MessageRow) -> str | None:
    """Return its kind: in two cases our own word, where Fanvue has none."""
    if row.wordless and row.type != TIP:
        return UNTOLD
    return GIFT if row.type == ORDINARY and row.sender and row.empty else row.type


async def _listed(api: IdentityApi, fan: FanId, message: FanvueMessageId, since: Millis) -> bool:
    """The same, by reading the chat from its newest message down.

    Raises TryLater where it may be one that cannot be read.
    """
    hidden = False
    async with aclosing(api.chats.messages(fan)) as pages:
        async for page in pages:
            if any(row.uuid == message for row in page.rows):
                return True
            hidden = hidden or any(
                row.id in (None, message) for row in may_be_from(page.skipped, since - SKEW)
            )
            if any((row.sent_at or since) < since - SKEW for row in page.rows):
                break
    if hidden:
        raise TryLater(NOT_TOLD)
    return False
