"""Servers and callers without sockets; a death; a disk that is full."""

import asyncio
import random
import socket
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path

import aiohttp
import aiosqlite
import pytest
from aiohttp import web

from storage.engine.connect import open_database
from storage.errors import DatabaseUnreachable
from tests.simulation.inline import Disk, InlineConnection
from tests.simulation.lives import LIFE, Life
from tests.simulation.wires import WiredLoop


@pytest.fixture
def loop() -> Iterator[WiredLoop]:
    """One whose connections lead to itself."""
    made = WiredLoop(random.Random(1))
    yield made
    made.close()


def test_what_is_sent_arrives_whole_and_in_order(loop: WiredLoop) -> None:
    async def talk() -> list[str]:
        async with _Echo() as url, aiohttp.ClientSession() as session:
            said = []
            for number in range(20):
                async with session.post(url, data=f"{number} " * 5_000) as answer:
                    said.append((await answer.text()).split()[0])
            return said

    assert loop.run_until_complete(talk()) == [str(number) for number in range(20)]
    assert 0 < loop.time() < 20


def test_whoever_was_woken_by_bytes_has_read_them_when_the_connection_is_reset(loop: WiredLoop) -> None:
    said: list[str] = []

    class Woken(asyncio.Protocol):
        def data_received(self, data: bytes) -> None:  # noqa: ARG002 - as asyncio calls it
            loop.call_soon(said.append, "read")

        def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - likewise
            said.append("reset")

    async def sends_and_aborts() -> None:
        server = await loop.create_server(Woken)
        sock = socket.socket()
        await loop.sock_connect(sock, server.getsockname())
        wire, _ = await loop.create_connection(asyncio.Protocol, sock=sock)
        await _after(1)
        wire.peer.pause_reading()
        wire.write(b"hello")
        wire.abort()
        await _after(1)  # both are there
        wire.peer.resume_reading()
        await _after(1)

    loop.run_until_complete(sends_and_aborts())

    assert said == ["read", "reset"]


def test_nobody_listens_where_nobody_listens(loop: WiredLoop) -> None:
    async def call() -> None:
        async with aiohttp.ClientSession() as session:
            await session.get("http://127.0.0.1:9")

    with pytest.raises(aiohttp.ClientConnectorError):
        loop.run_until_complete(call())


def test_what_a_process_had_sent_before_it_died_is_carried_out(loop: WiredLoop) -> None:
    heard: list[str] = []

    async def bridge(url: str) -> None:
        async with aiohttp.ClientSession() as session, session.post(url, data="send this") as answer:
            heard.append(await answer.text())

    async def die() -> None:
        async with _Echo() as url:
            life, context = Life(1), copy_context()
            context.run(LIFE.set, life)
            asyncio.get_running_loop().create_task(bridge(url), context=context)
            await _Echo.arrived.wait()
            life.die()

    loop.run_until_complete(die())

    assert _Echo.bodies == ["send this"]
    assert heard == []


def test_a_full_disk_stores_nothing_and_says_so(
    loop: WiredLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(random.Random(1))
    monkeypatch.setattr(InlineConnection, "disk", disk, raising=False)
    monkeypatch.setattr(aiosqlite, "Connection", InlineConnection)

    async def fill() -> list[str]:
        database = await open_database(f"sqlite:///{tmp_path / 'full.sqlite3'}", now=0)
        disk.full = True
        with pytest.raises(DatabaseUnreachable, match="disk is full"):
            await database.write(lambda tx: tx.execute("CREATE TABLE probe_lost (one INTEGER)"))
        disk.full = False
        await database.write(lambda tx: tx.execute("CREATE TABLE probe_kept (one INTEGER)"))
        rows = await database.read(
            lambda tx: tx.all("SELECT name FROM sqlite_master WHERE name LIKE 'probe%'")
        )
        await database.close()
        return [row["name"] for row in rows]

    assert loop.run_until_complete(fill()) == ["probe_kept"]
    assert disk.refused == 1


class _Echo:
    """A server that says what it heard."""

    bodies: list[str]
    arrived: asyncio.Event

    async def __aenter__(self) -> str:
        _Echo.bodies, _Echo.arrived = [], asyncio.Event()
        application = web.Application()
        application.router.add_post("/", self._answer)
        self._runner = web.AppRunner(application)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{site.port}/"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.text()
        self.bodies.append(body)
        self.arrived.set()
        return web.Response(text=body)


async def _after(seconds: float) -> None:
    loop = asyncio.get_running_loop()
    over = loop.create_future()
    loop.call_later(seconds, over.set_result, None)
    await over
