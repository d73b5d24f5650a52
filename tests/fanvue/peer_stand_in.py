"""A peer on a real socket that does exactly what a test tells it to."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import httpx

from bot.egress.public_addresses import PublicAddressResolver
from bot.fanvue.transport import open_http


@dataclass(frozen=True)
class PeerRequest:
    """One request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode()))


Behaviour = Callable[[PeerRequest, asyncio.StreamWriter], Awaitable[None]]


def reply(status: int, body: object = None, /, **headers: str) -> Behaviour:
    """Answer with JSON (or with these bytes) and keep the connection."""
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    lines = {"Content-Type": "application/json", "Content-Length": str(len(content))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = f"HTTP/1.1 {status} Told\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())

    async def act(_seen: PeerRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(head.encode() + b"\r\n" + content)
        await writer.drain()

    return act


async def hang_up(_seen: PeerRequest, writer: asyncio.StreamWriter) -> None:
    """Read the request, then close without a word."""
    writer.close()


async def cut_short(_seen: PeerRequest, writer: asyncio.StreamWriter) -> None:
    """Promise more than comes, then close."""
    writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{")
    await writer.drain()
    writer.close()


async def babble(_seen: PeerRequest, writer: asyncio.StreamWriter) -> None:
    """Answer something that is not HTTP."""
    writer.write(b"no such protocol\r\n\r\n")
    await writer.drain()
    writer.close()


async def never(_seen: PeerRequest, _writer: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.Event().wait()


@dataclass
class PeerStandIn:
    """`async with PeerStandIn() as far:`; behaviours are used up in order, the last one stays."""

    behaviours: list[Behaviour] = field(default_factory=lambda: [reply(200, {})])
    seen: list[PeerRequest] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def does(self, *behaviours: Behaviour) -> None:
        self.behaviours = list(behaviours)

    @property
    def last(self) -> PeerRequest:
        return self.seen[-1]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            # Cancelled only when the peer is taken down; asyncio would log that as a fault of the server.
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while not writer.is_closing():
                    await self._one(reader, writer)
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.split("\r\n")
        method, target, _ = first.split(" ")
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
        }
        length = re.fullmatch(r"\d+", headers.get("content-length", "0"))
        body = await reader.readexactly(int(length[0]) if length else 0)
        seen = PeerRequest(method, target, headers, body)
        self.seen.append(seen)
        self.arrived.set()
        behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
        await behaviour(seen, writer)


def anywhere() -> PublicAddressResolver:
    """Every address counts as public: a stand-in is on this machine, at a port that nobody knows before."""
    return PublicAddressResolver(public=lambda _address: True)


def open_here() -> AbstractAsyncContextManager[httpx.AsyncClient]:
    """A pool that reaches stand-ins."""
    return open_http(resolver=anywhere())
