"""The real program inside this process: started, killed, started again."""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from itertools import count
from pathlib import Path
from typing import Any

import aiosqlite
import discord.gateway
import discord.utils

from bot.app.lifetime import run
from bot.app.logs import JsonLineFormatter, LogRedactionFilter
from bot.sandbox.program import BridgeInstallation, BridgeProcess
from bot.settings.loader import load
from bot.settings.model import Settings
from storage.engine.lockfile import LockFile
from tests.simulation.inline import Disk, InlineConnection
from tests.simulation.lives import LIFE, Life
from tests.simulation.virtual import VirtualLoop

log = logging.getLogger(__name__)

_KILLED = -signal.SIGKILL
_BROKEN = 70
_TRIES_AGAIN = 1  # what it needs was not there: its database, for one


class InProcess(BridgeInstallation):
    """`BridgeInstallation`, whose process is a life."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._numbers = count(1)
        self.ended_with: list[int] = []  # codes of lives that nobody had told to end
        self.lives: list[Life] = []  # all of them, so that nothing of a dead one is collected

    @property
    def life(self) -> Life | None:
        """The last one."""
        return self.lives[-1] if self.lives else None

    async def _spawn(self) -> BridgeProcess:
        life, settings = Life(next(self._numbers)), load(self._environment())
        self.lives.append(life)
        _write_log(life, settings, self._log)
        return _Living(life, settings, self.ended_with)


class _Living:
    """`bot.sandbox.program.BridgeProcess` of a life."""

    def __init__(self, life: Life, settings: Settings, ended_with: list[int]) -> None:
        self._ended_with = ended_with
        self.pid = life.number
        self.returncode: int | None = None
        self._life, self._over = life, asyncio.Event()
        life.at_end(lambda: self._end(_KILLED))
        context = copy_context()
        context.run(LIFE.set, life)
        loop = asyncio.get_running_loop()
        task = loop.create_task(run(settings), context=context)
        task.add_done_callback(self._ended)

    async def wait(self) -> int:
        await self._over.wait()
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int, /) -> None:
        if number == signal.SIGKILL:
            self.kill()
        elif self.returncode is None and number in self._life.hears:
            self._life.hears[number]()

    def kill(self) -> None:
        self._life.die()

    def _ended(self, task: "asyncio.Task[int]") -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("the bridge broke", exc_info=error)
        code = _BROKEN if task.cancelled() or error is not None else task.result()
        if code not in (0, _TRIES_AGAIN):
            self._ended_with.append(code)
        self._end(code)
        self._life.die()

    def _end(self, code: int) -> None:
        if self.returncode is None:
            self.returncode = code
            self._over.set()


def _write_log(life: Life, settings: Settings, file: Path) -> None:
    """What a life logs goes where a process's standard error goes."""
    stream = file.open("a", encoding="utf-8")
    handler = logging.StreamHandler(stream)
    handler.setLevel(settings.log_level)
    handler.addFilter(lambda _record: LIFE.get() is life)
    handler.addFilter(LogRedactionFilter())
    handler.setFormatter(JsonLineFormatter(settings.log_salt()))
    logging.getLogger().addHandler(handler)
    life.at_end(lambda: logging.getLogger().removeHandler(handler))
    life.at_end(stream.close)


class _Heartbeat:
    """What keeps discord.py's session alive; there it is a thread."""

    def __init__(self, *, ws: Any, interval: float, shard_id: int | None = None) -> None:
        self._ws, self._interval = ws, interval
        self._task: asyncio.Task[None] | None = None
        self.latency = float("inf")
        self.shard_id = shard_id

    def get_payload(self) -> dict[str, Any]:
        return {"op": self._ws.HEARTBEAT, "d": self._ws.sequence}

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._beat())

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            await self._ws.send_heartbeat(self.get_payload())

    def stop(self) -> None:
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()

    def tick(self) -> None:
        """Something came."""

    def beat(self) -> dict[str, Any]:
        return self.get_payload()

    def ack(self) -> None:
        self.latency = 0.0


@contextmanager
def settled_in(loop: VirtualLoop, disk: Disk) -> Iterator[None]:
    """What the program has of this process is the simulation's: its disk, its locks, its clock."""
    InlineConnection.disk = disk
    with ExitStack() as stack:
        for owner, name, ours in (
            (aiosqlite, "Connection", InlineConnection),
            (discord.gateway, "KeepAliveHandler", _Heartbeat),
            (discord.utils, "utcnow", loop.now),
            (LockFile, "__init__", _let_go_at_death(LockFile.__init__)),
        ):
            stack.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, ours)
        yield


def _let_go_at_death(made: Callable[..., None]) -> Any:
    def init(self: LockFile, *args: Any, **kwargs: Any) -> None:
        made(self, *args, **kwargs)
        if (life := LIFE.get()) is not None:
            life.at_end(self.release)

    return init
