"""Three ways from a fan's message to a line on Discord, each written to and killed in the same way."""

import asyncio
import json
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import aiohttp

from bot.fanvue.signature import HEADER, sign
from bot.sandbox.discord.standalone import TOKEN
from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.free_ports import free_port
from bot.sandbox.stage import DemoStage

_AGAIN = 0.2  # seconds after which a webhook that nobody answered comes again


class RelayVariant(Protocol):
    """How messages come to Discord."""

    async def write(self, number: int, text: str) -> None:
        """A fan writes this; returns when it was told, as often as Fanvue would."""

    patience: float  # seconds without a line after which none will come any more

    async def kill(self) -> None:
        """SIGKILL, and a new start at once."""


class BridgeVariant:
    """The real one; Fanvue's stand-in tells it."""

    patience = 100.0  # what was in doubt is settled within 90, what nobody told is found in a sweep

    def __init__(self, stage: DemoStage, fans: list[StandInFan]) -> None:
        self._stage, self._fans = stage, fans

    async def write(self, number: int, text: str) -> None:
        """See `RelayVariant`, as everywhere here."""
        await self._fans[number % len(self._fans)].write(text)

    async def kill(self) -> None:
        await self._stage.bridge.kill()
        await self._stage.bridge.start()


class ProcessVariant:
    """A process of its own that takes webhooks, and is told as Fanvue tells: until it has answered."""

    patience = 3.0

    def __init__(self, *arguments: str, port: int) -> None:
        """`arguments`: of Python; it says one line when it listens."""
        self._arguments, self._url = arguments, f"http://127.0.0.1:{port}/webhooks/fanvue"
        self._stack = AsyncExitStack()
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        """Start it."""
        self._session = await self._stack.enter_async_context(aiohttp.ClientSession())
        await self._start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        await self._end()
        await self._stack.aclose()

    async def write(self, number: int, text: str) -> None:  # noqa: ARG002 - all fans are one to it
        body = json.dumps({"data": {"text": text}}).encode()
        while not await self._told(body):  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(_AGAIN)  # as Fanvue waits before it tries again

    async def kill(self) -> None:
        await self._end()
        await self._start()

    async def _told(self, body: bytes) -> bool:
        signed = {HEADER: sign(body, WEBHOOK_SECRET, int(time.time())), "Content-Type": "application/json"}
        try:
            async with self._session.post(self._url, data=body, headers=signed) as answer:
                return answer.ok
        except aiohttp.ClientError:
            return False

    async def _start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, *self._arguments, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        assert await self._process.stdout.readline(), "it ended before it listened"

    async def _end(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


def bare(stage: DemoStage, folder: Path) -> ProcessVariant:
    """The commits and the call that the rules demand, and nothing else."""
    port = free_port()
    channel = f"{stage.discord.api_url}/channels/{stage.lobby.id}/messages"
    database = f"sqlite:///{folder / 'bare.sqlite3'}"
    return ProcessVariant(
        "-m", "benchmarks.bare", database, WEBHOOK_SECRET, str(port), channel, TOKEN, port=port
    )


def plain(stage: DemoStage) -> ProcessVariant:
    """The bot that remembers nothing."""
    port, discord = free_port(), stage.discord
    return ProcessVariant(
        *("-m", "benchmarks.compare.plain_bot", WEBHOOK_SECRET, str(port), str(stage.lobby.id), TOKEN),
        *(discord.api_url, discord.gateway_url),
        port=port,
    )
