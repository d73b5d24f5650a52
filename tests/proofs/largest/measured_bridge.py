"""A bridge that notes what its loop and its database computed without a pause.

What counts is the processor's time of that thread, never a clock on the wall: a machine with other work makes
everything slower, and makes none of this more. One callback of the loop is a stretch in which nobody else of
the bridge had a turn; what a database thread computed from one answer to the next is one transaction, or one
group of them. A stretch counts by how fast its processor is right after it: what shares a core with others
takes more of its time for the same.
"""

import asyncio
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import Context
from pathlib import Path
from statistics import median
from typing import Any, TypeVarTuple

from bot.cli.main import main
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged
from tests.proofs.faults.live_bridge import SPEED, LiveBridge
from tests.warm_bridge import WarmProgram
from tests.warm_forks import StartedFork, forked

Ts = TypeVarTuple("Ts")
SAID = "computed.txt"  # in the bridge's folder: a line for each stretch that is worth one
_WORTH = 0.02  # seconds
LOOP, WRITER = 0.1, 0.25  # seconds of a processor that computes `_something` in `_USUAL`
_USUAL = 0.011


class MeasuredLoop(asyncio.SelectorEventLoop):
    """Every callback is timed by the processor's clock of its thread."""

    def __init__(self) -> None:
        """Writes beside where it is run."""
        super().__init__()
        self._said = Path(SAID).open("a", buffering=1)  # noqa: SIM115 - as long as the process
        self._before: dict[int, float] = {}

    def close(self) -> None:
        super().close()
        self._said.close()

    def call_soon(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.Handle:
        return super().call_soon(self._timed, callback, args, context=context)

    def call_at(
        self,
        when: float,
        callback: Callable[[*Ts], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        return super().call_at(when, self._timed, callback, args, context=context)

    def call_soon_threadsafe(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.Handle:
        """Also how another thread says that it has ended what it was given."""
        thread = threading.get_ident()
        if thread != threading.main_thread().ident:
            now = time.thread_time()
            self._note(threading.current_thread().name, now - self._before.get(thread, now), callback)
            self._before[thread] = time.thread_time()  # what the note itself computed is nobody's stretch
        return super().call_soon_threadsafe(self._timed, callback, args, context=context)

    def _timed(self, callback: Callable[..., Any], args: Sequence[Any]) -> None:
        begun = time.thread_time()
        try:
            callback(*args)
        finally:
            self._note("loop", time.thread_time() - begun, callback)

    def _note(self, who: str, seconds: float, callback: Callable[..., Any]) -> None:
        if seconds > _WORTH:
            owner = getattr(callback, "__self__", None)
            what = repr(owner.get_coro()) if isinstance(owner, asyncio.Task) else repr(callback)
            # To measure costs time of this very thread: only where it can decide something.
            taken = seconds / slowness() if seconds > LOOP else seconds
            self._said.write(f"{taken:.3f}\t{who}\t{what[:160]}\n")


class _Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return MeasuredLoop()


class MeasuredProgram(WarmProgram):
    """The real bridge in a process of its own, on such a loop."""

    async def _spawn(self) -> Any:
        folder, log = str(self._log.parent), str(self._log)
        return StartedFork(forked(_live, self._environment(), folder, log, self._options))


@asynccontextmanager
async def house_in(folder: Path, **more: str) -> AsyncIterator[LiveBridge]:
    """A creator's house on such a bridge; what its start computed is not asked about. `more`: settings."""
    async with staged(folder, MeasuredProgram, speed=SPEED, seed=7, **more) as stage:
        stage.discord.world.speed = 1.0
        stage.discord.limits.enabled = False
        made = LiveBridge(stage, EveningPlay(stage, _at_once, lambda _line: None), folder)
        await made.play.open_house()
        (folder / SAID).open("w").close()
        yield made


async def _at_once(_seconds: float) -> None:
    """Nobody hurries here, and nobody waits."""


def _live(environment: Mapping[str, str], folder: str, log: str, options: Sequence[str]) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with Path(log).open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    asyncio.set_event_loop_policy(_Policy())
    sys.exit(main(["run", "--env-file", os.devnull, *options]))


def too_long(folder: Path) -> list[tuple[float, str, str]]:
    """What was computed without a pause for too long: a usual processor's seconds, who, at what.

    Threads that are asked for what takes long (`asyncio.to_thread`) keep nobody waiting.
    """
    lines = [line.split("\t", 2) for line in (folder / SAID).read_text().splitlines()]
    found = [(float(seconds), who, what) for seconds, who, what in lines if not who.startswith("asyncio_")]
    return sorted(one for one in found if one[0] > (LOOP if one[1] == "loop" else WRITER))


def slowness() -> float:
    """How many times as long as usual this machine takes right now, at least 1: what counts is the ratio."""
    taken = []
    for _ in range(7):
        begun = time.thread_time()
        _something()
        taken.append(time.thread_time() - begun)
    return max(1.0, median(taken) / _USUAL)


def _something() -> int:
    found = 0
    for number in range(300_000):
        found += number * number % 7
    return found
