"""Keeps calls below what Discord allows, so that few are refused (R21).

All calls together take turns below Discord's fifty a second. What writes, which is not left to
discord.py, follows its route's own headers. Where several processes speak for a bot they share both.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

from bot.discord.route_limits import KnownRouteLimits
from bot.engine.urgency import LATER, UrgencyQueue, urgent_now
from storage.engine.discord_routes import LATE, RouteCall, RouteFull

PER_SECOND = 40.0  # of fifty; what other software does with the same bot needs room too
_BURST = 8
_AT_MOST = 46  # in any second
_OVERDUE = LATE / 2  # the rest of it is for the way to Discord
_TRIES = 3

Share = Callable[[RouteCall | None], Awaitable[float]]


class RequestPace:
    """The pace of one bot."""

    def __init__(
        self,
        *,
        per_second: float = PER_SECOND,
        share: Share | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`share`: seconds until one more call has its turn among those of all processes, or Full.

        None: there are no others.
        """
        self.routes = KnownRouteLimits(monotonic)
        self._share = share
        self._step = 1 / per_second
        self._monotonic = monotonic
        self._sleep = sleep
        self._next = 0.0
        self._second = (
            PER_SECOND * self._step
        )  # as long as one is for Discord: with many a second it is shorter
        self._out: deque[float] = deque()  # calls of the last second, oldest first
        self._waiting: UrgencyQueue[asyncio.Event] = UrgencyQueue(LATER * self._second)

    async def turn(self, route: str | None = None, *, patience: float = 0.0) -> None:
        """Return when the next call may go out; with the driver's 32 at once that is within a second.

        One that is patient lets those of some seconds before it by.
        Raises TryLater, with the time of its turn, for a `route` of which the other processes have used up
        all and for so long that there is no `patience` (seconds) to wait here.
        """
        await self._own_turn()
        if self._share is not None:
            await self._among_all(self._share, route, patience)

    async def _own_turn(self) -> None:
        """Wait among this process's calls: the first of them by the clock, the others for it."""
        mine = asyncio.Event()
        self._waiting.add(mine, self._monotonic(), urgent=urgent_now())
        try:
            while True:
                if self._waiting.first() is not mine:
                    await mine.wait()
                    mine.clear()
                elif (wait := self._until_room()) > 0:
                    await self._sleep(wait)
                else:
                    return
        finally:
            self._waiting.remove(mine)
            following = self._waiting.first()
            if following is not None:
                following.set()

    def _until_room(self) -> float:
        """0, and one more call goes out now; else seconds to wait."""
        now = self._monotonic()
        its_time = max(self._next, now - _BURST * self._step) + self._step
        while self._out and self._out[0] <= now - self._second:
            self._out.popleft()
        full = self._out[0] + self._second if len(self._out) >= _AT_MOST else now
        if max(its_time, full) > now:
            return max(its_time, full) - now
        self._next = its_time
        self._out.append(now)
        return 0.0

    async def _among_all(self, share: Share, route: str | None, patience: float) -> None:
        """Ask for another turn where held up after one, or stopped: the others went on."""
        ends = self._monotonic() + patience
        tries = 0
        while tries < _TRIES:
            asked = self._monotonic()
            call = None if route is None else self.routes.call(route)
            try:
                wait = await share(call)
            except RouteFull as full:
                assert route is not None
                if asked + full.after > ends:
                    raise self.routes.used_up(route, full) from None
                await self._sleep(full.after)
                continue
            if call is not None:
                self.routes.counted(call)
            if wait > 0:
                await self._sleep(wait)
            if self._monotonic() - asked - wait <= _OVERDUE:
                return
            tries += 1
