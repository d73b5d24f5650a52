"""The process that warm bridges and commands are forked from, with all code."""

import asyncio
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkProcess, ForkServerProcess
from typing import Final

FORKED: Final = "tests.forked"  # how Python's audit hooks hear of one, as of any program that is started
# Loaded there, not here: whoever starts a program is another process, whose garbage is its own affair.
_LOADED = ["tests.warm_bridge", "tests.warm_commands", "tests.warm_modules"]
# What is in the environment of the tests only for themselves: all forks would have it, or its marks.
_WITHOUT = ("COVERAGE_", "PYTHONFAULTHANDLER")
_PR_SET_PDEATHSIG = 1  # prctl(2)
_forks = get_context("forkserver")
_forks.set_forkserver_preload(_LOADED)
# Who starts a process also asks all others whether they have ended, and an end can be read only once.
_turn = threading.Lock()


def forked(target: Callable[..., object], *arguments: object) -> ForkServerProcess:
    """A fork that lives in `target`, from whatever thread."""
    sys.audit(FORKED)
    with _turn:
        _serve()
        process = _forks.Process(target=target, args=arguments, daemon=True)
        process.start()
    return process


class StartedFork:
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
        with _turn:
            self._process.join()  # its end of the pipe is closed a moment before it has ended
            self.returncode = self._process.exitcode
            self._process.close()
        self._ended.set()


def _serve() -> None:
    """The process to fork from is there, without what only the tests have.

    Coverage would only make all its forks slow. What Python does with a signal is noted when it starts: with
    a fault handler its forks would have other signals than a program without one.
    """
    kept = {name: os.environ.pop(name) for name in tuple(os.environ) if name.startswith(_WITHOUT)}
    try:
        forkserver.ensure_running()
    finally:
        os.environ.update(kept)


def end_with_tests() -> None:
    """Killed tests tidy nothing up: the fork that they left would go on, and nobody would ever stop it.

    The process that this one was forked from ends with the tests, unless a fork keeps its pipe to them open.
    """
    if (pipe := getattr(forkserver._forkserver, "_forkserver_alive_fd", None)) is not None:
        os.close(pipe)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
