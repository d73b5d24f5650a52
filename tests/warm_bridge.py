"""The real bridge, forked from a process that has loaded its code already.

Tests start the bridge hundreds of times, and most of a start is loading the same modules again. Everything
that a process of its own has, each of these has too: environment, folder, standard streams, memory, death.
That the code loads, and what the command line does before it, is shown by those who start a
`BridgeInstallation`.
"""

import asyncio
import ctypes
import os
import signal
import stat
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkProcess, ForkServerProcess
from pathlib import Path

from bot.cli.main import main
from bot.sandbox.program import BridgeInstallation, BridgeProcess

# Not loaded here: whoever starts a bridge is another process, whose garbage is its own affair.
_LOADED = [__name__, "tests.warm_modules"]
_PR_SET_PDEATHSIG = 1  # prctl(2)
_forks = get_context("forkserver")
_forks.set_forkserver_preload(_LOADED)


class WarmProgram(BridgeInstallation):
    """Like `BridgeInstallation`; only how a process begins is another."""

    async def _spawn(self) -> BridgeProcess:
        folder, log = str(self._log.parent), str(self._log)
        _serve()
        process = _forks.Process(
            target=_live, args=(self._environment(), folder, log, self._options), daemon=True
        )
        process.start()
        return _Forked(process)


class ForkedProgram(BridgeInstallation):
    """Likewise, but forked from this very process, which has loaded all code itself."""

    async def _spawn(self) -> BridgeProcess:
        folder, log = str(self._log.parent), str(self._log)
        process = get_context("fork").Process(
            target=_live_alone, args=(self._environment(), folder, log, self._options), daemon=True
        )
        process.start()
        return _Forked(process)


class _Forked:
    """`bot.sandbox.program.BridgeProcess` of a fork."""

    def __init__(self, process: ForkServerProcess | ForkProcess) -> None:
        self._process = process
        self._ended = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(process.sentinel, self._notice)
        self.returncode: int | None = None
        assert process.pid is not None
        self.pid = process.pid

    async def wait(self) -> int:
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, signal: int, /) -> None:
        if self.returncode is None:
            with suppress(ProcessLookupError):  # it has ended, and nobody has noticed yet
                os.kill(self.pid, signal)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _notice(self) -> None:
        self._loop.remove_reader(self._process.sentinel)
        self._process.join()  # its end of the pipe is closed a moment before it has ended
        self.returncode = self._process.exitcode
        self._process.close()
        self._ended.set()


def _serve() -> None:
    """The process to fork from is there. Coverage is not in it: it would only make all its forks slow."""
    kept = {name: os.environ.pop(name) for name in tuple(os.environ) if name.startswith("COVERAGE_")}
    try:
        forkserver.ensure_running()
    finally:
        os.environ.update(kept)


def _end_with_tests() -> None:
    """Killed tests tidy nothing up: the bridge that they left would go on, and nobody would ever stop it.

    The process that this one was forked from ends with the tests, unless a fork keeps its pipe to them open.
    """
    if (pipe := getattr(forkserver._forkserver, "_forkserver_alive_fd", None)) is not None:
        os.close(pipe)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _live_alone(environment: Mapping[str, str], folder: str, log: str, options: Sequence[str]) -> None:
    """The same without the sockets of whoever it was forked from: what is closed there is closed.

    Their numbers stay taken, so that no socket of its own is closed when objects of the other's are thrown
    away.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in [int(one.name) for one in Path("/dev/fd").iterdir()]:
        with suppress(OSError):  # the folder itself was one of them
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                os.dup2(nothing, number)
    _live(environment, folder, log, options)


def _live(environment: Mapping[str, str], folder: str, log: str, options: Sequence[str]) -> None:
    """All of a process's life; its exit code is the command's."""
    _end_with_tests()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with Path(log).open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    sys.exit(main(["run", "--env-file", os.devnull, *options]))
