"""Keeps calls below what Discord allows, so that few are refused (R21).

All calls together take turns below Discord's fifty a second. What writes, which is not left to
discord.py, follows its route's own headers: who would be refused is told when to come back, one after
the other, and nothing is sent meanwhile.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.relay.errors import TryLater

PER_SECOND = 40.0  # of fifty; what other software does with the same bot needs room too
_BURST = 8
_AT_MOST = 46  # in any second
_WINDOW = 5.0  # seconds, until a route has told its own
_SOON = 0.5
_LATEST = 300.0
_MOST = 1000  # routes; there are a few for each forum and thread

Share = Callable[[], Awaitable[float]]


@dataclass
class _Route:
    limit: int = 1  # until it is known, one call tells
    left: int = 1
    window: float = _WINDOW
    resets: float = 0.0
    under_way: int = 0
    turn: float = 0.0  # the window in which the next one that is turned away may come back
    turned_away: int = 0  # into that window


class Pace:
    """The pace of one bot."""

    def __init__(
        self,
        *,
        per_second: float = PER_SECOND,
        share: Share | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`share`: seconds until one more call has its turn among those of all processes; None: no others."""
        self._share = share
        self._step = 1 / per_second
        self._monotonic = monotonic
        self._sleep = sleep
        self._next = 0.0
        self._second = (
            PER_SECOND * self._step
        )  # as long as one is for Discord: with many a second it is shorter
        self._out: deque[float] = deque()  # calls of the last second, oldest first
        self._routes: dict[str, _Route] = {}

    async def turn(self) -> None:
        """Return when the next call may go out; with the driver's 32 at once that is within a second."""
        now = self._monotonic()
        self._next = max(self._next, now - _BURST * self._step) + self._step
        if self._next > now:
            await self._sleep(self._next - now)
        while (wait := self._until_room()) > 0:
            await self._sleep(wait)
        if self._share is not None and (wait := await self._share()) > 0:
            await self._sleep(wait)

    def _until_room(self) -> float:
        """0, and one more call goes out now; else seconds to wait.

        Where the machine stood still, all whose time came meanwhile wake at once.
        """
        now = self._monotonic()
        while self._out and self._out[0] <= now - self._second:
            self._out.popleft()
        if len(self._out) >= _AT_MOST:
            return self._out[0] + self._second - now
        self._out.append(now)
        return 0.0

    def enter(self, route: str) -> None:
        """One call on this route begins; TryLater, with its own time, for one that would be refused."""
        now = self._monotonic()
        known = self._routes.get(route)
        if known is None:
            self._make_room(now)
            known = self._routes[route] = _Route()
        free = known.limit if now >= known.resets else known.left
        if known.under_way >= free:
            raise TryLater(
                "Discord takes only so many of these at a time; this one has its turn soon.",
                after=_slot(known, now),
            )
        known.under_way += 1

    def leave(self, route: str, headers: Mapping[str, str] | None = None) -> None:
        """The call has ended, with these headers if there was an answer."""
        known, now = self._routes[route], self._monotonic()
        known.under_way -= 1
        try:
            told = headers or {}
            limit, left = int(told["X-RateLimit-Limit"]), int(told["X-RateLimit-Remaining"])
            after = float(told["X-RateLimit-Reset-After"])
        except (KeyError, ValueError):
            # Not told: no limit that we know of, one by one.
            known.limit, known.left = max(known.limit, 1), 1
            return
        known.limit, known.left, known.resets = max(limit, 1), left, now + after
        known.window = max(known.window if left else after, after)

    def _make_room(self, now: float) -> None:
        if len(self._routes) >= _MOST:
            busy = {
                name: route
                for name, route in self._routes.items()
                if route.under_way or max(route.resets, route.turn) > now
            }
            self._routes = busy


def _slot(route: _Route, now: float) -> float:
    """How long the next one that is turned away waits: so many for each window, in the order of asking."""
    earliest = route.resets if route.resets > now else now + _SOON
    if route.turn < earliest:
        route.turn, route.turned_away = earliest, 0
    elif route.turned_away >= route.limit:
        route.turn, route.turned_away = min(route.turn + route.window, now + _LATEST), 0
    route.turned_away += 1
    return route.turn - now
