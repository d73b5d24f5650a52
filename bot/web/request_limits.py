"""One connection to a listener: bounded in time, size and number, and discreet.

aiohttp waits for a request as long as it waits for the next one on a connection that a proxy keeps open,
which is long. So a client that has begun a request, or has just come, must be done with its headers soon.
And where all places are taken, the one silent for longest gives way to the newcomer.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.web.headers import BARE

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RequestBounds:
    header_seconds: float = 10.0  # for a request's first line and headers
    idle_seconds: float = 150.0  # between requests; longer than common proxies keep a connection
    lingering_seconds: float = 2.0  # for what is left of a body that nobody wants
    connections: int = 600
    line: int = 8190  # bytes of the first line, and of each header
    headers: int = 64


class BoundedConnection(web.RequestHandler):
    """aiohttp's connection, with a deadline for headers and without a word about its insides."""

    __slots__ = ("_answering", "_bounds", "_deadline", "_server", "_silent_since")

    def __init__(self, server: web.Server, *, bounds: RequestBounds) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=bounds.idle_seconds,
            access_log=None,  # type: ignore[arg-type] # None is off: paths of link pages hold secrets
            max_line_size=bounds.line,
            max_field_size=bounds.line,
            max_headers=bounds.headers,
            lingering_time=bounds.lingering_seconds,
            auto_decompress=False,
        )
        self._server = server
        self._bounds = bounds
        self._deadline: asyncio.TimerHandle | None = None
        self._answering = False
        self._silent_since: float | None = None  # on the loop's clock; None: something came, or it is over

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take it, in the place of an idle one where all are taken; turn it away where none is idle."""
        here = [
            door for door in self._server.connections if isinstance(door, BoundedConnection) and not door.left
        ]
        if len(here) >= self._bounds.connections and not _gave_way(here):
            assert isinstance(transport, asyncio.Transport)
            transport.abort()
            return
        super().connection_made(transport)
        self._silent_since = asyncio.get_running_loop().time()
        self._expect_headers()

    @property
    def left(self) -> bool:
        """Whether it is over, although aiohttp may still count it."""
        return self.transport is None or self.transport.is_closing()

    @property
    def silent_since(self) -> float | None:
        """Since when it has had nothing to say; None while a request, or the beginning of one, is on it."""
        return self._silent_since

    def leave(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Something came: the beginning of a request, or more of one."""
        if self.transport is None:
            return  # turned away
        self._silent_since = None
        if not self._answering and self._deadline is None:
            self._expect_headers()
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._end_deadline()
        super().connection_lost(exc)

    def begun(self) -> None:
        """A request has all its headers."""
        self._answering = True
        self._silent_since = None
        self._end_deadline()

    def ended(self) -> None:
        """A request was answered. What has come of a next one by now has as long as an idle connection."""
        self._answering = False
        self._silent_since = asyncio.get_running_loop().time()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - it quotes the request
    ) -> web.StreamResponse:
        """Answer with the status alone, whether the request could not be read or we could not answer."""
        if status >= 500:  # noqa: PLR2004 - HTTP: from here on it was us
            self.log_exception("a request could not be answered", exc_info=exc)
        else:
            log.info("a request could not be read", extra={"reason": type(exc).__name__})
        if request.writer.output_size > 0:
            raise ConnectionError("half an answer is out already")
        response = web.Response(status=status, headers=BARE)
        response.force_close()
        return response

    def _expect_headers(self) -> None:
        self._end_deadline()
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(self._bounds.header_seconds, self.force_close)

    def _end_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def _gave_way(here: Sequence[BoundedConnection]) -> bool:
    """Whether the one that has been silent for longest left."""
    silent = {door: door.silent_since for door in here if door.silent_since is not None}
    if not silent:
        return False
    min(silent, key=silent.__getitem__).leave()
    return True
