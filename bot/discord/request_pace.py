"""Keeps calls below what Discord allows, so that few are refused (R21).

All calls together take turns below Discord's fifty a second, and give way where other software uses the same
bot. What writes, which is not left to discord.py, follows its route's own headers. Where several processes
speak for a bot they share both.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Final, Self

from bot.discord.route_limits import KnownRouteLimits
from bot.discord.yielding_rate import PER_SECOND, RATES, YieldingRate
from bot.engine.urgency import LATER, UrgencyQueue, urgent_now
from storage.engine.discord_routes import LATE, RouteCall, RouteFull

_BURST = 8
_AT_MOST: Final = 49  # that may come to Discord in any second
_ARRIVES: Final = 1.0  # seconds; by then a call that is not answered has come, or never will
_OVERDUE = LATE / 2  # the rest of it is for the way to Discord
_TRIES = 3

Share = Callable[[RouteCall | None], Awaitable[float]]


class CallTurn:
    """One call's turn, from when it may go out; a context manager that ends with the call's answer.

    When it came to Discord nobody knows: at some time between the two.
    """

    def __init__(self, pace: "RequestPace") -> None:
        self._pace = pace
        self.began = pace.now()
        self._ended: float | None = None

    def __enter__(self) -> Self:
        """The call goes out now."""
        self.began = self._pace.now()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """It was answered, or nobody waits for that any more."""
        if error is None:
            self._ended = self._pace.now()

    def counts_until(self, second: float) -> float:
        """When it lies more than a second of Discord's back, wherever on its way it was counted."""
        came = self.began + _ARRIVES * second
        return second + (came if self._ended is None else min(self._ended, came))


class RequestPace:
    """The pace of one bot."""

    def __init__(
        self,
        *,
        second: float = 1.0,
        share: Share | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`second`: how long one of Discord's takes.

        `share`: seconds until one more call has its turn among those of all processes, or Full.
        None: there are no others.
        """
        self.routes = KnownRouteLimits(monotonic)
        self._share = share
        self.now = monotonic
        self._sleep = sleep
        self._next = 0.0
        self._refused_until = 0.0
        self._second = second
        self._rate = YieldingRate(second, RATES if share is None else (PER_SECOND,))
        self._out: list[CallTurn] = []  # those that may still count, oldest first
        self._waiting: UrgencyQueue[asyncio.Event] = UrgencyQueue(LATER * second)

    async def turn(self, route: str | None = None, *, patience: float = 0.0) -> CallTurn:
        """Return when the next call may go out; with the driver's 32 at once that is within a second.

        One that is patient lets those of some seconds before it by.
        Raises TryLater, with the time of its turn, for a `route` of which the other processes have used up
        all and for so long that there is no `patience` (seconds) to wait here.
        """
        turn = await self._own_turn()
        if self._share is not None:
            await self._among_all(self._share, route, patience)
        return turn

    def heard(self, headers: Mapping[str, str]) -> None:
        """Any answer of Discord's: whether it was one too many for the bot as a whole.

        The calls of this process are not, so others use the bot as well.
        """
        if headers.get("X-RateLimit-Global") or headers.get("X-RateLimit-Scope") == "global":
            now = self.now()
            self._rate.others_seen(now)
            self._refused_until = max(self._refused_until, now + _seconds(headers.get("Retry-After")))

    def left(self, route: str, headers: Mapping[str, str] | None) -> None:
        """A direct call on this route has ended, with these headers if there was an answer."""
        if self.routes.leave(route, headers) and self._share is None:
            self._rate.others_seen(self.now())

    async def _own_turn(self) -> CallTurn:
        """Wait among this process's calls: the first of them by the clock, the others for it."""
        mine = asyncio.Event()
        self._waiting.add(mine, self.now(), urgent=urgent_now())
        try:
            while True:
                if self._waiting.first() is not mine:
                    await mine.wait()
                    mine.clear()
                elif (wait := self._until_room()) > 0:
                    await self._sleep(wait)
                else:
                    return self._out[-1]
        finally:
            self._waiting.remove(mine)
            following = self._waiting.first()
            if following is not None:
                following.set()

    def _until_room(self) -> float:
        """0, and one more call goes out now; else seconds to wait."""
        now = self.now()
        step = self._second / self._rate.per_second(now)
        its_time = max(self._next, now - _BURST * step) + step
        if (earliest := max(its_time, self._refused_until, self._room_from(now))) > now:
            return earliest - now
        self._next = its_time
        self._out.append(CallTurn(self))
        return 0.0

    def _room_from(self, now: float) -> float:
        if len(self._out) >= _AT_MOST:
            self._out = [one for one in self._out if one.counts_until(self._second) > now]
        if len(self._out) < _AT_MOST:
            return now
        return min(one.counts_until(self._second) for one in self._out)

    async def _among_all(self, share: Share, route: str | None, patience: float) -> None:
        """Ask for another turn where held up after one, or stopped: the others went on."""
        ends = self.now() + patience
        tries = 0
        while tries < _TRIES:
            asked = self.now()
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
            if self.now() - asked - wait <= _OVERDUE:
                return
            tries += 1


def _seconds(told: str | None) -> float:
    try:
        return max(float(told or 0), 0.0)
    except ValueError:
        return 0.0
