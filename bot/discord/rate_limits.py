"""Keeps within Discord's limits: a pace, a count of refusals, and room."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import SimpleNamespace

import aiohttp
from discord.http import Route

from bot.discord.active_threads import ActiveThreadRoom, UnlimitedThreadRoom
from bot.discord.invalid_requests import InvalidRequestCounter
from bot.discord.request_pace import PER_SECOND, RequestPace, Share

_PATIENCE = 30.0  # seconds; as long as discord.py waits for a limit that it knows of itself
_ASKED: ContextVar[str] = ContextVar("asked")


@dataclass(frozen=True)
class DiscordLimits:
    """One of each for one bot."""

    pace: RequestPace = field(default_factory=RequestPace)
    invalid: InvalidRequestCounter = field(default_factory=InvalidRequestCounter)
    room: ActiveThreadRoom = field(default_factory=UnlimitedThreadRoom)

    async def turn(self, route: str) -> None:
        """Return when a call may go out; for a route that others have used up it waits as long as discord.py.

        Raises TryLater while none may, or later than that.
        """
        self.invalid.check()
        await self.pace.turn(route, patience=_PATIENCE)

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
        config = self.invalid.trace()
        config.on_request_end.append(self._answered)
        return config

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


def limits_for(divisor: float, room: ActiveThreadRoom, share: Share | None = None) -> DiscordLimits:
    """Limits for a Discord whose windows are shorter by this factor. `share`: as in `RequestPace`."""
    return DiscordLimits(pace=RequestPace(per_second=PER_SECOND * divisor, share=share), room=room)
