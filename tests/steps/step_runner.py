"""Runs steps side by side, each with its output in a file of its own."""

import asyncio
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from tests.steps.plan import ROOM, SERVER, CheckStep, next_step

OUTPUTS, PROOFS = Path(".cache/steps"), Path(".cache/proofs")
_TOO_LONG = 3  # times its budget; from then on it must say something
_SILENT = 300.0  # seconds; the longest test takes a third of it on a slow machine
_GRACE = 30.0
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class StepOutcome:
    """How a step ended; `file` has what it said."""

    name: str
    passed: bool
    seconds: int
    cpu: int  # seconds of one core
    budget: int
    file: str
    figures: str = ""  # of a proof, its line of JSON

    @property
    def late(self) -> bool:
        """Whether it took longer than it may; a slow machine is no fault of the code."""
        return self.seconds > self.budget

    def kept(self) -> dict[str, object]:
        """For a file of JSON."""
        return asdict(self)


async def _too_long(step: CheckStep) -> None:
    await asyncio.sleep(_TOO_LONG * step.budget)
    await silence(lambda: output_of(step).stat().st_size, asyncio.sleep)


async def silence(size: Callable[[], int], sleep: Callable[[float], Awaitable[None]]) -> None:
    """Return once a step says nothing more: what goes on, however slowly, does not hang."""
    before, now = -1, size()
    while now != before:
        await sleep(_SILENT)
        before, now = now, size()


def output_of(step: CheckStep) -> Path:
    """The file with what a step says."""
    return OUTPUTS / step.name.replace(" ", "-").replace(",", "")


@dataclass
class StepRunner:
    """One run of steps; `told` is called as each begins and ends."""

    begins: Callable[[CheckStep], None]
    ends: Callable[[StepOutcome], None]
    server: str = ""
    room: float = ROOM
    too_long: Callable[[CheckStep], Awaitable[None]] = (
        _too_long  # what hangs says then where it is, and fails
    )

    async def run(self, steps: Sequence[CheckStep]) -> list[StepOutcome]:
        """All of them, in the order in which they ended."""
        for folder in (OUTPUTS, PROOFS):
            folder.mkdir(parents=True, exist_ok=True)
        waiting, outcomes = list(steps), list[StepOutcome]()
        running: dict[asyncio.Task[StepOutcome], CheckStep] = {}
        try:
            while waiting or running:
                while (step := next_step(waiting, list(running.values()), self.room)) is not None:
                    waiting.remove(step)
                    self.begins(step)
                    running[asyncio.create_task(self._one(step))] = step
                done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del running[task]
                    outcomes.append(task.result())
                    self.ends(outcomes[-1])
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        return outcomes

    async def _one(self, step: CheckStep) -> StepOutcome:
        file = output_of(step)
        proof = PROOFS / f"{file.name}.json"
        begun = time.monotonic()
        for one in (file, proof if step.proof else file):
            one.write_bytes(b"")
        with file.open("ab") as said, (proof if step.proof else file).open("ab") as out:
            process = self._started(step, out, said)
            code, used = await _ended(process.pid, self.too_long(step))
            process.returncode = code  # it is waited for here, for what it has used
        figures = proof.read_text(encoding="utf-8", errors="replace").strip() if step.proof else ""
        if figures:
            with file.open("a", encoding="utf-8") as said_too:
                said_too.write(figures + "\n")
        seconds = round(time.monotonic() - begun)
        return StepOutcome(step.name, code == 0, seconds, round(used), step.budget, str(file), figures)

    def _started(self, step: CheckStep, out: IO[bytes], said: IO[bytes]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 - named by the plan
            [self.server if word == SERVER else word for word in step.command],
            env={**os.environ, "PYTHONFAULTHANDLER": "1", "PYTHONUNBUFFERED": "1", **step.more},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=said,
            start_new_session=True,  # whatever it leaves running ends with it
        )


async def _ended(pid: int, too_long: Awaitable[None]) -> tuple[int, float]:
    """Wait for the end of a step, or make one: its exit code, and the seconds that it has computed."""
    end = asyncio.create_task(asyncio.to_thread(os.wait4, pid, 0))
    limit = asyncio.ensure_future(too_long)
    try:
        await asyncio.wait({end, limit}, return_when=asyncio.FIRST_COMPLETED)
        if not end.done():
            _signal(pid, signal.SIGABRT)  # faulthandler says where each of its processes is
            await asyncio.wait({end}, timeout=_GRACE)
    finally:
        limit.cancel()
        if not end.done():
            _signal(pid, signal.SIGTERM)
            await asyncio.wait({end}, timeout=_GRACE)
        _signal(pid, signal.SIGKILL)
    _, status, usage = await end
    used = usage.ru_utime + usage.ru_stime + await asyncio.to_thread(_orphans, pid)
    return os.waitstatus_to_exitcode(status), used


def adopt() -> None:
    """Be the parent of whatever a step leaves behind: what that has computed counts. Linux only."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _orphans(group: int) -> float:
    """What those have computed that a step has left behind; they were killed."""
    used = 0.0
    with suppress(ChildProcessError):
        while True:
            _, _, usage = os.wait4(-group, 0)
            used += usage.ru_utime + usage.ru_stime
    return used


def _signal(group: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)
