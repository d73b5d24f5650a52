"""Keeps within Discord's limits: a pace, a count of refusals, and room."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import SimpleNamespace

import aiohttp
import yarl
from discord.http import Route

from bot.discord.active_threads import ActiveThreadRoom, UnlimitedThreadRoom
from bot.discord.invalid_requests import InvalidRequestCounter
from bot.discord.request_pace import CallTurn, RequestPace, Share
from bot.engine.call_timing import CallTimer, Observe, read_or_write

_PATIENCE = 30.0  # seconds; as long as discord.py waits for a limit that it knows of itself
_ASKED: ContextVar[str] = ContextVar("asked")


@dataclass(frozen=True)
class DiscordLimits:
    """One of each for one bot."""

    pace: RequestPace = field(default_factory=RequestPace)
    invalid: InvalidRequestCounter = field(default_factory=InvalidRequestCounter)
    room: ActiveThreadRoom = field(default_factory=UnlimitedThreadRoom)
    timed: Observe | None = None

    async def turn(self, route: str) -> CallTurn:
        """Return when a call may go out, and its turn, which lasts until it is answered.

        For a route that others have used up it waits as long as discord.py.

        Raises TryLater while none may, or later than that.
        """
        self.invalid.check()
        return await self.pace.turn(route, patience=_PATIENCE)

    @contextmanager
    def learning(self, route: str) -> Iterator[None]:
        """Count discord.py's answers meanwhile, in this task, as this route's."""
        token = _ASKED.set(route)
        try:
            yield
        finally:
            _ASKED.reset(token)

    def trace(self) -> aiohttp.TraceConfig:
        """Return the trace that counts and reads answers of discord.py's aiohttp session."""
        config = self.direct_trace()
        config.on_request_end.append(self._answered)
        return config

    def direct_trace(self) -> aiohttp.TraceConfig:
        """Return the trace of a session that learns its routes' limits by itself."""
        config = self.invalid.trace()
        config.on_request_end.append(self._heard)
        if self.timed is not None:
            CallTimer(kind_of_call, self.timed).listen(config)
        return config

    async def _heard(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        self.pace.heard(ended.response.headers)

    async def _answered(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        if (route := _ASKED.get(None)) is not None:
            self.pace.routes.learn(route, ended.response.headers)


def route_of(route: Route) -> str:
    """The name of a route: its channel or server tells it apart from others, a message does not."""
    path = route.path
    for name, value in (("{channel_id}", route.channel_id), ("{guild_id}", route.guild_id)):
        path = path.replace(name, str(value))
    # Of the ways to ask for messages, one and many have limits of their own.
    return f"{route.method} {path if route.method == 'GET' else path.removesuffix('/{message_id}')}"


def kind_of_call(method: str, url: yarl.URL, *, base: yarl.URL | None = None) -> str | None:
    """The kind of a call of the API at `base`; None for the gateway, and for files on other hosts."""
    api = base or yarl.URL(Route.BASE)
    here, root = (url.host, url.port), f"{api.path}/"
    if here != (api.host, api.port) or not url.path.startswith(root):
        return None
    interaction = url.path.removeprefix(root).startswith(("interactions/", "webhooks/"))
    return "interaction" if interaction else read_or_write(method)


def limits_for(
    divisor: float, room: ActiveThreadRoom, share: Share | None = None, timed: Observe | None = None
) -> DiscordLimits:
    """Limits for a Discord whose windows are shorter by this factor. `share`: as in `RequestPace`.

    `timed` is told how long each call took.
    """
    pace = RequestPace(second=1 / divisor, share=share)
    return DiscordLimits(pace=pace, room=room, timed=timed)
