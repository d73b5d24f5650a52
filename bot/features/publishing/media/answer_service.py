"""The private answers that show media now, and their end a few minutes later."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.model.errors import DeliveryFailed, DeliveryUnknown, TryLater
from bot.model.ports import Clock, Ids
from storage.records import EffectId, Millis

log = logging.getLogger(__name__)

OPEN_FOR: Millis = 600_000  # Discord lets an answer be changed for fifteen minutes
_LATEST: Millis = 840_000
_MOST = 1_000
_SECONDS = 2.0  # to close them when the process ends

# Takes an answer away by the interaction's application and token. Raises what a delivery raises.
Remove = Callable[[int, str], Awaitable[None]]


@dataclass(frozen=True)
class OpenMediaAnswer:
    """An answer that is open: whose token changes it, and what a press on Next shows."""

    application: int
    token: str
    line: EffectId
    first: int  # the number of the next one
    since: Millis


class MediaAnswerService:
    """Keeps them in memory only: after a crash nothing can be closed, and Discord forgets them itself."""

    def __init__(self, *, clock: Clock, ids: Ids, divisor: float) -> None:
        """`divisor`: by which waiting times are shorter."""
        self._clock = clock
        self._ids = ids
        self._open_for = int(OPEN_FOR / divisor)
        self._latest = int(_LATEST / divisor)
        self._open: OrderedDict[str, OpenMediaAnswer] = OrderedDict()
        self._remove: Remove | None = None

    def connect(self, remove: Remove) -> None:
        """Called once the bot is made, which is what takes an answer away."""
        self._remove = remove

    def opened(self, application: int, token: str, line: EffectId, first: int) -> tuple[str, Millis]:
        """Remember one that is about to be shown; its reference, and when it closes."""
        ref, now = self._ids.new(), self._clock.now()
        self._open[ref] = OpenMediaAnswer(application, token, line, first, now)
        while len(self._open) > _MOST:
            self._open.popitem(last=False)
        return ref, now + self._open_for

    def turned(self, ref: str) -> OpenMediaAnswer | None:
        """Take out the one whose button was pressed: another one takes its place, or none."""
        return self._open.pop(ref, None)

    async def look(self) -> None:
        """Close all whose time is over; what could not be closed is tried again, while Discord lets it."""
        now = self._clock.now()
        for ref, one in list(self._open.items()):
            if now >= one.since + self._open_for:
                await self._close(ref, one, last=now >= one.since + self._latest)

    async def end(self) -> None:
        """Close them all, because the process ends."""
        open_now = list(self._open.items())
        try:
            async with asyncio.timeout(_SECONDS):
                await asyncio.gather(*(self._close(ref, one, last=True) for ref, one in open_now))
        except TimeoutError:
            log.warning("not every private answer with media could be closed")

    async def _close(self, ref: str, one: OpenMediaAnswer, *, last: bool) -> None:
        if self._remove is None:
            return
        try:
            await self._remove(one.application, one.token)
        except (TryLater, DeliveryUnknown) as failed:
            log.warning("a private answer with media could not be closed: %s", failed.reason)
            if not last:
                return
        except DeliveryFailed:  # it is gone, or its time is over
            pass
        self._open.pop(ref, None)
