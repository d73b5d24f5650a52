"""Two listeners: one for the outside, and one for the operator only.

ListenFailed    an address of the settings cannot be listened at; str() says which setting, and what to do
"""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.engine.listening import why_not_listen
from bot.features.http_pages import HttpPages
from bot.web import headers
from bot.web.forms import spoken
from bot.web.health import HealthPages
from bot.web.link_pages import LinkPages
from bot.web.listener import Handler, open_listener, timed
from bot.web.request_limits import RequestBounds
from bot.web.webhooks import WebhookReceiver

_PUBLIC = RequestBounds()
_PRIVATE = RequestBounds(connections=64)
_NO_PAGES = HttpPages()


class ListenFailed(OSError):
    """Raised with a sentence for the operator."""


@dataclass(frozen=True)
class ListenerOptions:
    """Options of the listeners. `tls`: people reach the public one by https only."""

    tls: bool = False
    public: RequestBounds = _PUBLIC
    private: RequestBounds = _PRIVATE
    shutdown_seconds: float = 5.0


class WebServer:
    """Listens while its `async with` lasts. Port 0 takes a free one; the real ones are attributes then."""

    def __init__(
        self,
        *,
        listen: tuple[str, int] | None,
        admin_listen: tuple[str, int],
        webhooks: WebhookReceiver,
        linkpages: LinkPages,
        health: HealthPages,
        pages: HttpPages = _NO_PAGES,
        manner: ListenerOptions = ListenerOptions(),
    ) -> None:
        """`listen`: where the outside reaches it; None: another process is reached there."""
        self._listen = listen
        self._admin_listen = admin_listen
        self._webhooks = webhooks
        self._linkpages = linkpages
        self._health = health
        self._pages = pages
        self._manner = manner
        self._stack = AsyncExitStack()
        self.port = listen[1] if listen else 0
        self.admin_port = admin_listen[1]

    async def __aenter__(self) -> Self:
        """Listen on both addresses; when one is taken, neither is kept. Raises ListenFailed."""
        async with AsyncExitStack() as stack:
            manner = self._manner
            self.admin_port = await self._open(
                stack, self._private(), ("ADMIN_LISTEN", *self._admin_listen), manner.private
            )
            if self._listen is not None:
                self.port = await self._open(stack, self._public(), ("LISTEN", *self._listen), manner.public)
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
        async def lost(request: web.Request, handler: Handler) -> web.StreamResponse:
            try:
                return await handler(request)
            except web.HTTPNotFound:
                return await spoken(self._linkpages.not_found)(request)

        app = web.Application(middlewares=[timed, lost])
        app.on_response_prepare.append(headers.on_prepare_tls if self._manner.tls else headers.on_prepare)
        self._webhooks.add_to(app)
        self._linkpages.add_to(app)
        for page in self._pages.public:
            page.add_to(app)
        return app

    def _private(self) -> web.Application:
        app = web.Application(middlewares=[timed])
        app.on_response_prepare.append(headers.on_prepare)
        self._health.add_to(app)
        for page in self._pages.operator:
            page.add_to(app)
        return app

    async def _open(
        self, stack: AsyncExitStack, app: web.Application, where: tuple[str, str, int], bounds: RequestBounds
    ) -> int:
        setting, host, port = where
        try:
            return await open_listener(
                stack, app, (host, port), bounds=bounds, shutdown_seconds=self._manner.shutdown_seconds
            )
        except OSError as error:
            why = " ".join(why_not_listen(error)).strip()
            raise ListenFailed(f"{setting}: {host}:{port} {why}.") from error
