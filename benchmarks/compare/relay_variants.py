"""Ways from a fan's message to a line on Discord, each written to and killed in the same way."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import aiohttp

from bot.fanvue.signature import HEADER, sign
from bot.sandbox.discord.standalone import TOKEN
from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.free_ports import free_port
from bot.sandbox.program import until
from bot.sandbox.stage import DemoStage

_AGAIN = 0.2  # seconds after which a webhook that nobody answered comes again
_STARTS_WITHIN = 120.0


class RelayVariant(Protocol):
    """How messages come to Discord."""

    async def write(self, number: int, text: str) -> None:
        """A fan writes this, and Fanvue tells it as often as it must."""

    async def write_in_turn(self, number: int, text: str) -> None:
        """The same; returns when it was told, or Fanvue tells it no more."""

    patience: float  # seconds without a line after which none will come any more

    @property
    def pid(self) -> int:
        """The process; those that it has started belong to it."""

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

    async def write_in_turn(self, number: int, text: str) -> None:
        written = await self._fans[number % len(self._fans)].write(text)
        ledger = self._stage.fanvue.ledger

        async def told() -> bool:
            ended = (*ledger.of("webhook.answered", status=HTTPStatus.OK), *ledger.of("webhook.gave_up"))
            events = {entry["id"] for entry in ended}
            return any(
                entry["id"] in events and entry["data"].get("uuid") == written.uuid
                for entry in ledger.of("event")
            )

        await until(told, self.patience)

    @property
    def pid(self) -> int:
        process = self._stage.bridge._process  # noqa: SLF001 - as the proofs look at it
        assert process is not None, "it runs"
        return process.pid

    async def kill(self) -> None:
        await self._stage.bridge.kill()
        await self._stage.bridge.start()


class ProcessVariant:
    """A process of its own that takes webhooks, and is told as Fanvue tells: until it has answered."""

    patience = 3.0

    def __init__(
        self, command: Sequence[str], *, port: int, log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        """`environment`: what is added to the one of this process. What it prints goes to `log`."""
        self._command, self._environment = command, {**os.environ, **(environment or {})}
        self._port, self._log = port, log
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

    async def write_in_turn(self, number: int, text: str) -> None:
        await self.write(number, text)

    @property
    def pid(self) -> int:
        assert self._process is not None, "it runs"
        return self._process.pid

    async def kill(self) -> None:
        await self._end()
        await self._start()

    async def _told(self, body: bytes) -> bool:
        signed = {HEADER: sign(body, WEBHOOK_SECRET, int(time.time())), "Content-Type": "application/json"}
        try:
            url = f"http://127.0.0.1:{self._port}/webhooks/fanvue"
            async with self._session.post(url, data=body, headers=signed) as answer:
                return answer.ok
        except aiohttp.ClientError:
            return False

    async def _start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdout=log, stderr=log, env=self._environment, start_new_session=True
            )
        await until(self._takes_webhooks, _STARTS_WITHIN)

    async def _takes_webhooks(self) -> bool:
        assert self._process is not None
        assert self._process.returncode is None, (
            f"it ended before it listened: {self._log.read_text()[-600:]}"
        )
        try:
            async with self._session.post(f"http://127.0.0.1:{self._port}/webhooks/fanvue") as answer:
                # Nobody signed this; one that looks at it later has taken it.
                return answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.OK)
        except aiohttp.ClientError:
            return False

    async def _end(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait()


def bare(stage: DemoStage, folder: Path) -> ProcessVariant:
    """The commits and the call that the rules demand, and nothing else."""
    port = free_port()
    channel = f"{stage.discord.api_url}/channels/{stage.lobby.id}/messages"
    database = f"sqlite:///{folder / 'bare.sqlite3'}"
    command = [sys.executable, "-m", "benchmarks.bare", database, WEBHOOK_SECRET, str(port), channel, TOKEN]
    return ProcessVariant(command, port=port, log=folder / "bare.log")


def plain(stage: DemoStage, folder: Path) -> ProcessVariant:
    """The bot that remembers nothing."""
    port, discord = free_port(), stage.discord
    given = [WEBHOOK_SECRET, str(port), str(stage.lobby.id), TOKEN, discord.api_url, discord.gateway_url]
    command = [sys.executable, "-m", "benchmarks.compare.plain_bot", *given]
    return ProcessVariant(command, port=port, log=folder / "plain.log")
