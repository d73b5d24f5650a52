"""Processes that are ready first and begin at one moment, so that their start is not measured."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_LIMIT = 120.0  # seconds; reached only when something fails
Process = asyncio.subprocess.Process


@asynccontextmanager
async def gated(module: str, arguments: Sequence[Sequence[str]]) -> AsyncIterator[list[Process]]:
    """One process for each list of arguments, all of them ready; they are ended afterwards."""
    made = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", module, *words),
            cwd=_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for words in arguments
    ]
    try:
        for process in made:
            await heard(process)
        yield made
    finally:
        for process in made:
            if process.returncode is None:
                process.terminate()
        async with asyncio.timeout(_LIMIT):
            await asyncio.gather(*(process.wait() for process in made))


def begin(processes: Sequence[Process]) -> None:
    """Let them begin."""
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")


async def heard(process: Process) -> str:
    """The next line that it says."""
    assert process.stdout is not None
    async with asyncio.timeout(_LIMIT):
        line = await process.stdout.readline()
    assert line, "the process ended"
    return line.decode().strip()


async def told_to_begin() -> None:
    """In the process: say that it is ready, and wait for the others."""
    say("ready")
    await asyncio.to_thread(sys.stdin.readline)


def say(words: str) -> None:
    """In the process: one line for `heard`."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
