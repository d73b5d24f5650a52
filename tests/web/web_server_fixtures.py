"""A web server whose pages fail inside, and a client that writes bytes."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.sandbox import patience
from bot.web.health import Checks, HealthPages
from bot.web.server import ListenerOptions, WebServer
from bot.web.webhooks import WebhookReceiver
from storage.errors import DatabaseUnreachable
from tests.features.people.accounts.accounts_fixtures import SetClock
from tests.web.test_linkpages import _pages

QUICK = ListenerOptions(shutdown_seconds=0.1)


@dataclass(frozen=True)
class RawHttpAnswer:
    """What came back."""

    status: int
    headers: dict[str, str]  # names in small letters
    raw: bytes


async def _figures(_checks: Checks) -> tuple[bytes, str]:
    return b"bridge_up 1\n", "text/plain"


@asynccontextmanager
async def listening(manner: ListenerOptions = QUICK) -> AsyncIterator[WebServer]:
    """Both listeners."""

    async def keep(_raw: bytes, _understood: object) -> bool:
        raise DatabaseUnreachable("closed")

    async with WebServer(
        listen=("127.0.0.1", 0),
        admin_listen=("127.0.0.1", 0),
        webhooks=WebhookReceiver(secrets=lambda: ["s"], keep=keep, clock=SetClock()),
        linkpages=_pages("http://127.0.0.1:1"),
        health=HealthPages(alive={}, ready={}, figures=_figures),
        manner=manner,
    ) as server:
        yield server


async def connected(port: int, raw: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection on which these bytes have come before the other side can look how late they are."""
    came = socket.create_connection(("127.0.0.1", port))
    came.sendall(raw)
    came.setblocking(False)
    return await asyncio.open_connection(sock=came)


async def answered(port: int, raw: bytes) -> RawHttpAnswer:
    """Send these bytes; the answer, once the other side has closed."""
    reader, writer = await connected(port, raw)
    try:
        async with asyncio.timeout(patience.SECONDS):
            got = await reader.read()
    finally:
        writer.close()
    head, _, _ = got.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return RawHttpAnswer(int(first.split(" ")[1]), headers, got)
