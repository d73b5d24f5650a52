"""The limits of Discord's routes, by what its answers tell.

A call that would be refused is told when to come back, one by one, and nothing is sent meanwhile.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.model.errors import TryLater
from bot.model.language import msgid
from storage.engine.discord_routes import RouteCall, RouteFull, RouteWindow

_WINDOW = 5.0  # seconds, until a route has told its own
_SOON = 0.5
_SAME = 0.25  # seconds by which an answer may tell another end of the same window
_LATEST = 300.0
_MOST = 1000  # routes; there are a few for each forum and thread
_IDS = re.compile(r"\d+")


@dataclass
class _Route:
    limit: int = 1  # until it is known, one call tells
    left: int = 1
    window: float = _WINDOW
    resets: float = 0.0
    under_way: int = 0
    turn: float = 0.0  # the window in which the next one that is turned away may come back
    turned_away: int = 0  # into that window
    told: RouteWindow | None = None
    ours: int = 0  # calls of this process in the window that `resets` ends


class KnownRouteLimits:
    """The knowledge of one process."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._routes: dict[str, _Route] = {}
        self._said: set[str] = set()  # the kinds of which all processes were told

    def enter(self, route: str) -> None:
        """One call on this route begins; TryLater, with its own time, for one that would be refused."""
        now = self._monotonic()
        known = self._known(route)
        free = known.limit if now >= known.resets else known.left
        if known.under_way >= free:
            raise _turned_away(known, now)
        known.under_way += 1

    def withdraw(self, route: str) -> None:
        """The call that was to begin was never sent."""
        self._routes[route].under_way -= 1

    def used_up(self, route: str, full: RouteFull) -> TryLater:
        """Return the error where all processes together used it up."""
        known, now = self._known(route), self._monotonic()
        if full.told is not None:
            known.left, known.resets = 0, max(known.resets, now + full.after)
            known.limit, known.window = full.told.most, full.told.window
        return _turned_away(known, now)

    def leave(self, route: str, headers: Mapping[str, str] | None = None) -> bool:
        """The call has ended, with these headers if there was an answer.

        Whether they tell of more calls in this window than this process has made: somebody else's.
        """
        known = self._routes[route]
        known.under_way -= 1
        self.learn(route, headers)
        if not headers or "X-RateLimit-Remaining" not in headers:
            known.ours += 1  # it may have been counted
            return False
        shared = headers.get("X-RateLimit-Scope") == "shared"  # a limit of the place, not of the bot
        return not shared and known.limit - known.left > known.ours + known.under_way

    def learn(self, route: str, headers: Mapping[str, str] | None) -> None:
        """Learn from an answer on a route."""
        known, now = self._known(route), self._monotonic()
        told = headers or {}
        try:
            limit, left = int(told["X-RateLimit-Limit"]), int(told["X-RateLimit-Remaining"])
            after = float(told["X-RateLimit-Reset-After"])
        except (KeyError, ValueError):
            # Not told: no limit that we know of, one by one.
            known.limit, known.left = max(known.limit, 1), 1
            return
        same = abs(now + after - known.resets) < _SAME
        known.ours = known.ours + 1 if same else 1
        known.limit, known.left, known.resets = max(limit, 1), left, now + after
        known.window = max(known.window if left else after, after)
        # Only the first call of a window is told how long that is; of a refusal, the time may be another's.
        if left == limit - 1 and "Retry-After" not in told:
            known.told = RouteWindow(limit, after)

    def call(self, route: str) -> RouteCall:
        """Return the query to all processes before a call."""
        told, kind = self._known(route).told, _IDS.sub("", route)
        return RouteCall(route, kind, told=told, news=told is not None and kind not in self._said)

    def counted(self, call: RouteCall) -> None:
        """All processes have heard of it."""
        if call.news:
            self._said.add(call.kind)

    def _known(self, route: str) -> _Route:
        known = self._routes.get(route)
        if known is None:
            self._make_room()
            known = self._routes[route] = _Route()
        return known

    def _make_room(self) -> None:
        if len(self._routes) >= _MOST:
            now = self._monotonic()
            busy = {
                name: route
                for name, route in self._routes.items()
                if route.under_way or max(route.resets, route.turn) > now
            }
            self._routes = busy


def _turned_away(route: _Route, now: float) -> TryLater:
    """Give the wait of the next one turned away: so many for each window, in the order of asking."""
    earliest = route.resets if route.resets > now else now + _SOON
    if route.turn < earliest:
        route.turn, route.turned_away = earliest, 0
    elif route.turned_away >= route.limit:
        route.turn, route.turned_away = min(route.turn + route.window, now + _LATEST), 0
    route.turned_away += 1
    return TryLater(
        msgid("Discord allows only so many of these at a time; this one is next soon."),
        after=route.turn - now,
    )
