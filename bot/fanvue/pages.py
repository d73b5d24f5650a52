"""The newest messages of chats: each chat is read once for all who need it.

A look for messages read a moment ago is answered from memory, for a minute. Chats of which nobody
waits to hear are read many with one request, where Fanvue offers that and leaves them unread.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from contextlib import aclosing, nullcontext
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import (
    ObjectNotFound,
    OperationNotOffered,
    RequestUnclear,
    ScopeMissing,
    VersionRetired,
)
from bot.fanvue.models import MessageRow
from bot.fanvue.paging import ApiPage, SkippedRow, first_of
from bot.fanvue.read_cache import ReadCache
from bot.model.acting_account import Identity
from bot.model.ports import Beside, Clock
from storage.records import CreatorId, FanId, FanvueMessageId, Millis

log = logging.getLogger(__name__)

AT_ONCE = 50  # chats in one request
_SHALLOW = 20  # messages of each of them
_DEEPEST = 4  # pages of one chat
_SEARCHED = 20  # pages of a chat in which one message is looked for


@dataclass(frozen=True)
class ChatPage:
    """Messages of a chat, newest first; `whole`: nothing is older."""

    rows: tuple[MessageRow, ...]
    whole: bool
    skipped: tuple[SkippedRow, ...] = ()  # rows beside them that cannot be read

    def has(self, message: FanvueMessageId) -> MessageRow | None:
        return next((row for row in self.rows if row.uuid == message), None)

    def reaches(self, since: Millis) -> bool:
        """Whether all that was sent since then is among them."""
        return self.whole or any((row.sent_at or since) < since for row in self.rows)


class ChatPages:
    """Raises the errors of `bot.fanvue.errors`, and what `identity` raises."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, clock: Clock) -> None:
        self._fanvue = fanvue
        self._identity = identity
        self._kept: ReadCache[tuple[CreatorId, FanId], ChatPage] = ReadCache(clock)
        self._turns: defaultdict[CreatorId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._stays_unread: dict[CreatorId, bool] = {}  # whether reading many at once leaves them so

    def remembers(self, creator: CreatorId, fan: FanId) -> bool:
        """Whether this chat was read a moment ago."""
        return self._kept.get((creator, fan)) is not None

    def reads_together(self, creator: CreatorId) -> bool:
        """Whether one request reads many chats, as far as is known."""
        return self._stays_unread.get(creator, True)

    async def read(self, creator: CreatorId, fan: FanId, lane: RequestLane) -> ChatPage:
        """A chat's newest 50 messages, as they are now."""
        api = await self._api(creator, lane)
        return self._keep(creator, fan, await first_of(api.chats.messages(fan)))

    async def searched(self, creator: CreatorId, fan: FanId, lane: RequestLane, since: Millis) -> ChatPage:
        """A chat down to what was sent before then, as it is now; it may end too early: see `reaches`."""
        return await self._down_to(creator, fan, lane, since, deepest=_SEARCHED)

    async def message(
        self, creator: CreatorId, fan: FanId, message: FanvueMessageId, lane: RequestLane
    ) -> MessageRow | None:
        """One message, read together with those around it; None: it is nowhere. It may be a minute old."""
        page = self._kept.get((creator, fan))
        found = page.has(message) if page is not None else None
        return (
            found
            or (await self.read(creator, fan, lane)).has(message)
            or await self.alone(creator, fan, message, lane)
        )

    async def alone(
        self, creator: CreatorId, fan: FanId, message: FanvueMessageId, lane: RequestLane
    ) -> MessageRow | None:
        """One message as it is now, wherever in its chat; without v1 among the newest only.

        Raises Unclear where it may be one of these that cannot be read.
        """
        try:
            return await (await self._api(creator, lane)).chats.message(fan, message)
        except ObjectNotFound:
            return None
        except OperationNotOffered:
            page = await self.read(creator, fan, lane)
        found = page.has(message)
        if found is None and any(row.id in (None, message) for row in page.skipped):
            raise RequestUnclear("Fanvue's answer was not readable: it may be a message that cannot be read")
        return found

    async def lately(
        self,
        creator: CreatorId,
        fan: FanId,
        lane: RequestLane,
        *,
        needs: FanvueMessageId | None,
        since: Millis,
        beside: Beside,
    ) -> ChatPage:
        """Read all messages since then, as they were when `needs` was there already.

        `beside`: the chats to read next, perhaps with the same request.
        """
        async with self._turns[creator] if self.reads_together(creator) else nullcontext():
            page = self._serves(creator, fan, needs, since)
            if page is None:
                await self._together(creator, fan, lane, beside)
                page = self._serves(creator, fan, needs, since)
        return page or await self._down_to(creator, fan, lane, since)

    def _serves(
        self, creator: CreatorId, fan: FanId, needs: FanvueMessageId | None, since: Millis
    ) -> ChatPage | None:
        page = self._kept.get((creator, fan))
        if page is None or needs is None or page.has(needs) is None or not page.reaches(since):
            return None
        return page

    async def _down_to(
        self, creator: CreatorId, fan: FanId, lane: RequestLane, since: Millis, *, deepest: int = _DEEPEST
    ) -> ChatPage:
        api = await self._api(creator, lane)
        rows: tuple[MessageRow, ...] = ()
        skipped: tuple[SkippedRow, ...] = ()
        async with aclosing(api.chats.messages(fan)) as pages:
            number = 0
            async for page in pages:
                number += 1
                rows, skipped = rows + page.rows, skipped + page.skipped
                found = ChatPage(rows, page.next is None, skipped)
                if number == 1:
                    self._kept.put((creator, fan), found)
                if number == deepest or found.reaches(since):
                    break
        return found

    # ── many with one request ──

    async def _together(self, creator: CreatorId, fan: FanId, lane: RequestLane, beside: Beside) -> None:
        """Read this chat and those beside it, unless that has to be done one by one."""
        known = self._stays_unread.get(creator)
        if known is False:
            return
        others = [one for one in await beside() if one != fan][: AT_ONCE - 1]
        if not others:
            return
        api = await self._api(creator, lane)
        try:
            if known is None and not await self._proves(api, creator, fan):
                return
            await self._batch(api, creator, [fan, *others])
        except (ObjectNotFound, OperationNotOffered, ScopeMissing, VersionRetired):
            self._stays_unread[creator] = (
                False  # it is not there; each by itself says what is wrong, if it is
            )

    async def _proves(self, api: IdentityApi, creator: CreatorId, fan: FanId) -> bool:
        """Try it with one unread chat: Fanvue's documents do not say whether it marks what it reads."""
        try:
            before = (await api.chats.get(fan)).unread_messages_count
        except OperationNotOffered:  # only on v1; elsewhere the sweeps read so all along
            self._stays_unread[creator] = True
            return True
        if not before:
            return False
        await self._batch(api, creator, [fan])
        stays = bool((await api.chats.get(fan)).unread_messages_count)
        self._stays_unread[creator] = stays
        if not stays:
            log.warning("reading many chats at once marked one as read, so they are read one by one")
        return stays

    async def _batch(self, api: IdentityApi, creator: CreatorId, fans: Sequence[FanId]) -> None:
        for fan, batch in (await api.chats.batch(fans, limit=_SHALLOW)).items():
            if batch.error is None:
                self._kept.put((creator, fan), ChatPage(batch.page.rows, not batch.has_more))

    def _keep(self, creator: CreatorId, fan: FanId, page: ApiPage[MessageRow]) -> ChatPage:
        if page.skipped:
            log.warning("messages of a chat could not be read", extra={"count": len(page.skipped)})
        kept = ChatPage(page.rows, page.next is None, page.skipped)
        self._kept.put((creator, fan), kept)
        return kept

    async def _api(self, creator: CreatorId, lane: RequestLane) -> IdentityApi:
        return self._fanvue.speaking(await self._identity(creator), lane=lane)
