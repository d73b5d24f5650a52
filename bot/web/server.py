"""Two listeners: what the outside may reach, and what only the operator may."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.web import headers
from bot.web.door import Bounds, Door
from bot.web.health import Health
from bot.web.linkpages import LinkPages
from bot.web.webhooks import Webhooks

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_PUBLIC = Bounds()
_PRIVATE = Bounds(connections=64)


@dataclass(frozen=True)
class Manner:
    """How the listeners behave. `tls`: people reach the public one by https only."""

    tls: bool = False
    public: Bounds = _PUBLIC
    private: Bounds = _PRIVATE
    shutdown_seconds: float = 5.0


class WebServer:
    """Listens while its `async with` lasts. Port 0 takes a free one; the real ones are attributes then."""

    def __init__(
        self,
        *,
        listen: tuple[str, int] | None,
        admin_listen: tuple[str, int],
        webhooks: Webhooks,
        linkpages: LinkPages,
        health: Health,
        manner: Manner = Manner(),
    ) -> None:
        """`listen`: where the outside reaches it; None: another process is reached there."""
        self._listen = listen
        self._admin_listen = admin_listen
        self._webhooks = webhooks
        self._linkpages = linkpages
        self._health = health
        self._manner = manner
        self._stack = AsyncExitStack()
        self.port = listen[1] if listen else 0
        self.admin_port = admin_listen[1]

    async def __aenter__(self) -> Self:
        """Listen on both addresses; when one is taken, neither is kept."""
        async with AsyncExitStack() as stack:
            manner = self._manner
            self.admin_port = await self._open(stack, self._private(), self._admin_listen, manner.private)
            if self._listen is not None:
                self.port = await self._open(stack, self._public(), self._listen, manner.public)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening, and let what is being answered finish."""
        self.drain()
        await self._stack.aclose()

    def drain(self) -> None:
        """From now on webhooks are answered 503, so that Fanvue sends them again later."""
        self._webhooks.draining = True

    def _public(self) -> web.Application:
        @web.middleware
        async def lost(request: web.Request, handler: _Handler) -> web.StreamResponse:
            try:
                return await handler(request)
            except web.HTTPNotFound:
                return self._linkpages.not_found()

        app = web.Application(middlewares=[_timed, lost])
        app.on_response_prepare.append(headers.on_prepare_tls if self._manner.tls else headers.on_prepare)
        self._webhooks.add_to(app)
        self._linkpages.add_to(app)
        return app

    def _private(self) -> web.Application:
        app = web.Application(middlewares=[_timed])
        app.on_response_prepare.append(headers.on_prepare)
        self._health.add_to(app)
        return app

    async def _open(
        self, stack: AsyncExitStack, app: web.Application, where: tuple[str, int], bounds: Bounds
    ) -> int:
        runner = web.AppRunner(app, shutdown_timeout=self._manner.shutdown_seconds)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        server = runner.server
        assert server is not None
        listening = await asyncio.get_running_loop().create_server(
            lambda: Door(server, bounds=bounds), *where, backlog=128, reuse_address=True
        )
        stack.callback(listening.close)
        port: int = listening.sockets[0].getsockname()[1]
        return port


@web.middleware
async def _timed(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Tell the connection when a request has come whole, and when it is answered."""
    door = request.protocol
    assert isinstance(door, Door)
    door.begun()
    try:
        return await handler(request)
    finally:
        door.ended()
