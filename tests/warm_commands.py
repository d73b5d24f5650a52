"""Programs, each forked from a process that has loaded their code already.

`run_program("bot", "doctor")` is `subprocess.run` of `python -m bot doctor`, and `start_program` is
`asyncio.create_subprocess_exec` of it; most of a start is loading the same modules again. What a process of
its own has, a fork has too (`tests/forked_program.py`); `tests/sandbox/test_warm_commands.py` compares them.
A test of how a program begins starts a process.
"""

import asyncio
import os
import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, CompletedProcess, TimeoutExpired
from typing import IO

from tests.forked_program import PassedStreams, ProgramStart, live
from tests.warm_forks import StartedFork, forked

__all__ = ["DEVNULL", "PIPE", "STDOUT", "StartedProgram", "run_program", "start_program"]
Stream = (
    int | IO[bytes] | IO[str] | None
)  # as `subprocess` has it: PIPE, DEVNULL, STDOUT, a file, the tests' own
_LIMIT = 2**16  # bytes of a line


class StartedProgram(StartedFork):
    """What the tests use of an `asyncio.subprocess.Process`."""

    def __init__(self, process: ForkServerProcess) -> None:
        super().__init__(process)
        self.stdin: asyncio.StreamWriter | None = None
        self.stdout: asyncio.StreamReader | None = None
        self.stderr: asyncio.StreamReader | None = None

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    async def communicate(self, said: bytes | None = None, /) -> tuple[bytes, bytes]:
        """Tell it this and no more, and return what it says until its end."""
        _, out, err = await asyncio.gather(self._tell(said), _whole(self.stdout), _whole(self.stderr))
        await self.wait()
        return out, err

    async def _tell(self, said: bytes | None) -> None:
        if self.stdin is None:
            return
        with suppress(BrokenPipeError, ConnectionResetError):  # it has ended, or does not listen
            self.stdin.write(said or b"")
            await self.stdin.drain()
        self.stdin.close()


async def start_program(
    module: str,
    *arguments: str,
    cwd: str | Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: Stream = None,
    stdout: Stream = None,
    stderr: Stream = None,
    warned: str | None = None,
) -> StartedProgram:
    """`python -m module …` as a process of its own. `warned`: as after `-W`."""
    with ExitStack() as theirs, ExitStack() as unused:
        ends = _StreamEnds(theirs, unused)
        passed = PassedStreams([ends.read(stdin), ends.written(1, stdout), ends.written(2, stderr)])
        environment = dict(os.environ if env is None else env)
        start = ProgramStart(module, arguments, environment, str(cwd or Path.cwd()), passed, warned)
        made = StartedProgram(await asyncio.to_thread(forked, live, start))
        unused.pop_all()  # they are of use
    if 0 in ends.ours:
        made.stdin = await _writer(ends.ours[0])
    if 1 in ends.ours:
        made.stdout = await _reader(ends.ours[1])
    if 2 in ends.ours:
        made.stderr = await _reader(ends.ours[2])
    return made


def run_program(
    module: str,
    *arguments: str,
    cwd: str | Path | None = None,
    env: Mapping[str, str] | None = None,
    said: str | None = None,
    stderr: int = PIPE,
    warned: str | None = None,
    timeout: float = 120.0,
) -> CompletedProcess[str]:
    """Run it to its end, from whatever thread, and catch what it prints. `said`: what it reads."""

    async def ran() -> CompletedProcess[str]:
        stdin = DEVNULL if said is None else PIPE
        streams = {"stdin": stdin, "stdout": PIPE, "stderr": stderr}
        made = await start_program(module, *arguments, cwd=cwd, env=env, warned=warned, **streams)
        try:
            out, err = await asyncio.wait_for(made.communicate((said or "").encode()), timeout)
        except TimeoutError:
            made.kill()
            await made.wait()
            raise TimeoutExpired([module, *arguments], timeout) from None
        return CompletedProcess([module, *arguments], await made.wait(), out.decode(), err.decode())

    with ThreadPoolExecutor(1) as thread:  # this one may have a loop, which goes on when this has returned
        return thread.submit(asyncio.run, ran()).result()


class _StreamEnds:
    """Both ends of a program's streams: its own are closed here when it has begun, ours if it does not."""

    def __init__(self, theirs: ExitStack, unused: ExitStack) -> None:
        self.ours: dict[int, int] = {}
        self._theirs = theirs
        self._unused = unused
        self._out = 1

    def read(self, wanted: Stream) -> int:
        """What it reads from."""
        if wanted == PIPE:
            end, self.ours[0] = os.pipe()
            self._unused.callback(os.close, self.ours[0])
            return self._closed(end)
        return self._given(0, wanted)

    def written(self, number: int, wanted: Stream) -> int:
        """What it writes to; standard error after the other."""
        if wanted == STDOUT:
            return self._out
        if wanted == PIPE:
            self.ours[number], end = os.pipe()
            self._unused.callback(os.close, self.ours[number])
            given = self._closed(end)
        else:
            given = self._given(number, wanted)
        if number == 1:
            self._out = given
        return given

    def _given(self, number: int, wanted: Stream) -> int:
        if wanted is None:
            return number
        if wanted == DEVNULL:
            return self._closed(os.open(os.devnull, os.O_RDWR))
        return wanted if isinstance(wanted, int) else wanted.fileno()

    def _closed(self, number: int) -> int:
        self._theirs.callback(os.close, number)
        return number


async def _writer(number: int) -> asyncio.StreamWriter:
    loop, nothing = asyncio.get_running_loop(), asyncio.StreamReader()
    transport, protocol = await loop.connect_write_pipe(
        lambda: asyncio.StreamReaderProtocol(nothing), os.fdopen(number, "wb", 0)
    )
    return asyncio.StreamWriter(transport, protocol, nothing, loop)


async def _reader(number: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=_LIMIT)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(number, "rb", 0)
    )
    return reader


async def _whole(reader: asyncio.StreamReader | None) -> bytes:
    return b"" if reader is None else await reader.read()
