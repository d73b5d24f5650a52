"""Runs programs in trees, each forked from one warm process (`warming.py`)."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.proofs.sensitivity.proofs import ProgramEnd
from tests.proofs.sensitivity.seeded_source import ROOT

_TOO_LONG = 600.0  # seconds for one proof; the longest takes about sixty, and more on a busy machine
_STRIPPED = ("PYTEST_", "COV", "HYPOTHESIS_")  # a run inside a run must not mix with the outer one


@dataclass
class ProgramForks:
    """The warm process, as its user has it."""

    process: asyncio.subprocess.Process
    _numbers: "count[int]" = field(default_factory=count)
    _begun: dict[int, "asyncio.Future[int]"] = field(default_factory=dict)
    _over: dict[int, "asyncio.Future[int]"] = field(default_factory=dict)

    async def ended(self, tree: Path, command: Sequence[str], *, starts: bool = False) -> ProgramEnd:
        """Run `python -m …` in a tree, as a group of its own: nothing of it outlives this call.

        `starts`: only if the tree's bridge starts, which is tried before.
        """
        assert list(command[:2]) == [sys.executable, "-m"]
        number = next(self._numbers)
        # Of its own: on the clean tree several are run at once, and each would read what the other says.
        out, err = tree / f"proof-{number}.out", tree / f"proof-{number}.err"
        loop = asyncio.get_running_loop()
        begun, over = self._begun[number], self._over[number] = loop.create_future(), loop.create_future()
        order = {
            "order": number,
            "tree": str(tree),
            "command": command[2:],
            "starts": starts,
            "environment": {**_environment(), "PYTHONPATH": str(tree)},
            "out": str(out),
            "err": str(err),
        }
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        pid = await begun
        more = ""
        try:
            async with asyncio.timeout(_TOO_LONG):
                await asyncio.shield(over)
        except TimeoutError:
            more = f"it was broken off after {_TOO_LONG:.0f} s"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            await asyncio.shield(over)
        said = await asyncio.to_thread(_read, out), await asyncio.to_thread(_read, err)
        return ProgramEnd(None if more else over.result(), said[0], said[1] + more, tree)

    async def listen(self) -> None:
        """Hear what it says, until it ends."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            said = json.loads(line)
            if "pid" in said:
                self._begun.pop(said["order"]).set_result(said["pid"])
            else:
                self._over.pop(said["order"]).set_result(said["code"])


@asynccontextmanager
async def warm() -> AsyncIterator[ProgramForks]:
    """The process to fork from, until the block ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.proofs.sensitivity.warm_process",
        cwd=ROOT,
        env={**_environment(), "PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    forks = ProgramForks(process)
    hearing = asyncio.create_task(forks.listen())
    try:
        yield forks
    finally:
        process.kill()
        await process.wait()
        await hearing


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_STRIPPED)}
    return {**kept, "PYTHONUNBUFFERED": "1"}


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
