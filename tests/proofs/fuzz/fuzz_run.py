"""Fires the shots at the server, judges every answer and everything that was kept."""

import asyncio
import base64
import os
import random
import re
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.sandbox.free_ports import free_port
from tests.progress import Say, silent
from tests.proofs.fuzz.fuzz_requests import SECRETS, FuzzRequest, shot
from tests.proofs.fuzz.signature_verifier import any_authentic

_ROOT = Path(__file__).resolve().parents[3]
_AT_ONCE = 24
_WARM = 0.1  # the share of the requests after which the memory is what it is
_UNANSWERED = 12.0
_MOMENT = 0.5
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3}) ")
_KEY = bytes(range(32))
_OK, _THEIR_FAULT = 200, 500
MOST_GROWTH = 64.0
"""MiB that the server may grow by after it is warm."""


@dataclass
class FuzzScore:
    """What came of it."""

    requests: int = 0
    forgeries: int = 0
    refused: int = 0
    errors: Counter[int] = field(default_factory=Counter)
    growth: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, float]:
        """The result as the command prints it."""
        return {
            "requests": self.requests,
            "accepted_forgeries": self.forgeries,
            "server_errors": sum(self.errors.values()),
            "rss_growth_mib": round(self.growth, 1),
            "refused_good": self.refused,
        }

    @property
    def good(self) -> bool:
        """Whether the door holds, and opens to whom it should."""
        return not (self.forgeries or self.errors or self.refused) and self.growth < MOST_GROWTH


async def fuzz(folder: Path, *, requests: int, seed: int, say: Say = silent) -> FuzzScore:
    """Fire so many requests, the same ones for the same seed."""
    score, rng = FuzzScore(), random.Random(seed)  # noqa: S311 - repeatable on purpose
    signed: set[bytes] = set()
    async with _serving(folder) as (port, pid):
        warm = 0.0
        for share in _shares(requests):
            todo = _told(range(share), score, say)
            await asyncio.gather(*(_worker(port, todo, rng, score, signed) for _ in range(_AT_ONCE)))
            warm = warm or _peak(pid)
        score.growth = _peak(pid) - warm
    for body in _kept(folder):
        if body not in signed:
            score.forgeries += 1
            score.examples.append(f"kept: {body[:80]!r}")
    return score


def _told(todo: Iterable[int], score: FuzzScore, say: Say) -> Iterator[int]:
    for one in todo:
        say(f"{score.requests} requests")
        yield one


def _shares(requests: int) -> Iterator[int]:
    first = max(int(requests * _WARM), 1)
    yield first
    yield requests - first


async def _worker(
    port: int, todo: Iterator[int], rng: random.Random, score: FuzzScore, signed: set[bytes]
) -> None:
    line = FuzzConnection(port)
    for _ in todo:
        now = int(time.time())
        one = shot(rng, now)
        right = any_authentic(one.signatures, one.body, SECRETS, now)
        if right:
            signed.add(one.body)
        statuses = await (FuzzConnection(port).only(one.raw) if one.alone else line.ask(one.raw))
        _judge(score, one, statuses, right=right)
    await line.close()


def _judge(score: FuzzScore, one: FuzzRequest, statuses: list[int], *, right: bool) -> None:
    score.requests += 1
    score.statuses.update(statuses)
    for status in statuses:
        if status >= _THEIR_FAULT:  # the wanted 503 is not wanted here: the database is never taken away
            score.errors[status] += 1
            score.examples.append(f"{status}: {one.raw[:160]!r}")
    if one.whole and not right and _OK in statuses:
        score.forgeries += 1
        score.examples.append(f"accepted: {one.signatures!r}")
    if one.whole and right and statuses != [_OK]:
        score.refused += 1
        score.examples.append(f"refused with {statuses}: {one.signatures!r} {one.body[:80]!r}")


class FuzzConnection:
    """A connection that is opened again when it was closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, raw: bytes) -> list[int]:
        """The status that a whole request is answered with."""
        for _ in range(2):
            fresh = self._open is None
            reader, writer = self._open or await asyncio.open_connection("127.0.0.1", self._port)
            self._open = reader, writer
            try:
                async with asyncio.timeout(_UNANSWERED):
                    writer.write(raw)
                    return [await self._answer(reader)]
            except (asyncio.IncompleteReadError, ConnectionError):
                await self.close()
                if fresh:
                    break  # a connection that was just opened and is cut says more than a retry would
        return []

    async def only(self, raw: bytes) -> list[int]:
        """Every status that comes; who gets none hangs up after a moment."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        answer = bytearray()
        with suppress(ConnectionError, TimeoutError):
            writer.write(raw)
            async with asyncio.timeout(_MOMENT):
                while chunk := await reader.read(65_536):
                    answer += chunk
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        return [int(status) for status in _STATUS.findall(answer)]

    async def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            _, writer = self._open
            self._open = None
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader) -> int:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length:")[2].split(b"\r\n")[0]
        await reader.readexactly(int(length or b"0"))
        if b"connection: close" in head:
            await self.close()
        return int(head[9:12])


@asynccontextmanager
async def _serving(folder: Path) -> AsyncIterator[tuple[int, int]]:
    port = free_port()
    with (folder / "server.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.proofs.fuzz.server_process",
            cwd=_ROOT,
            env={**_kept_environment(), **_settings(folder, port)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            first = await process.stdout.readline()
        assert first == b"listening\n", (folder / "server.log").read_text()[-2_000:]
        yield port, process.pid
    finally:
        process.stdin.close()
        try:
            async with asyncio.timeout(20):
                await process.wait()
        except TimeoutError:
            process.send_signal(signal.SIGKILL)
            await process.wait()


def _kept_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def _settings(folder: Path, port: int) -> dict[str, str]:
    nobody = f"http://127.0.0.1:{free_port()}"  # nothing in here calls out
    public = f"http://127.0.0.1:{port}"
    return {
        "DISCORD_TOKEN": "token",
        "DISCORD_APPLICATION_ID": "1000000000000000001",
        "DISCORD_CLIENT_SECRET": "secret",
        "DISCORD_REDIRECT_URI": f"{public}/oauth/discord/callback",
        "DISCORD_API_URL": nobody,
        "DISCORD_GATEWAY_URL": nobody.replace("http", "ws"),
        "DISCORD_AUTHORIZE_URL": nobody,
        "FANVUE_CLIENT_ID": "client",
        "FANVUE_CLIENT_SECRET": "secret",
        "FANVUE_REDIRECT_URI": f"{public}/oauth/fanvue/callback",
        "FANVUE_WEBHOOK_SECRETS": ",".join(SECRETS),
        "FANVUE_API_URL": nobody,
        "FANVUE_AUTH_URL": nobody,
        "PUBLIC_URL": public,
        "LISTEN": f"127.0.0.1:{port}",
        "ADMIN_LISTEN": f"127.0.0.1:{free_port()}",
        "DATABASE_URL": f"sqlite:///{folder / 'bridge.sqlite3'}",
        "ENCRYPTION_KEYS": f"1:{base64.b64encode(_KEY).decode()}",
    }


def _peak(pid: int) -> float:
    """The most memory that the process ever held, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _kept(folder: Path) -> Iterator[bytes]:
    """Every body that was kept, opened."""
    keyring = Keyring([MasterKey("1", _KEY)])
    with closing(sqlite3.connect(folder / "bridge.sqlite3")) as connection:
        for fact, creator, sealed in connection.execute("SELECT id, creator_uuid, body_ct FROM inbox"):
            yield keyring.open(f"inbox|body|{fact}|{creator}", sealed)
