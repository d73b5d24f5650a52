"""Two listeners: what the outside may reach, and what only the operator may."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.web.health import Health
from bot.web.linkpages import LinkPages
from bot.web.webhooks import Webhooks

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebServer:
    """Listens while its `async with` lasts. Port 0 takes a free one; the real ones are attributes then."""

    def __init__(
        self,
        *,
        listen: tuple[str, int],
        admin_listen: tuple[str, int],
        webhooks: Webhooks,
        linkpages: LinkPages,
        health: Health,
        shutdown_seconds: float = 5.0,
    ) -> None:
        self._listen = listen
        self._admin_listen = admin_listen
        self._webhooks = webhooks
        self._linkpages = linkpages
        self._health = health
        self._shutdown_seconds = shutdown_seconds
        self._stack = AsyncExitStack()
        self.port = listen[1]
        self.admin_port = admin_listen[1]

    async def __aenter__(self) -> Self:
        """Listen on both addresses; when one is taken, neither is kept."""
        async with AsyncExitStack() as stack:
            self.admin_port = await self._open(stack, self._private(), self._admin_listen)
            self.port = await self._open(stack, self._public(), self._listen)
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

        app = web.Application(middlewares=[lost])
        app.on_response_prepare.append(_plain_headers)
        self._webhooks.add_to(app)
        self._linkpages.add_to(app)
        return app

    def _private(self) -> web.Application:
        app = web.Application()
        app.on_response_prepare.append(_plain_headers)
        self._health.add_to(app)
        return app

    async def _open(self, stack: AsyncExitStack, app: web.Application, where: tuple[str, int]) -> int:
        # No access log: paths and queries of link pages hold secrets.
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=self._shutdown_seconds)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, *where).start()
        port: int = runner.addresses[0][1]
        return port


async def _plain_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Server"] = "bridge"  # not which library in which version
