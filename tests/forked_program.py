"""What a fork does to be the process of a program: `python -m …`."""

import atexit
import faulthandler
import gc
import locale
import os
import runpy
import signal
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from multiprocessing import current_process
from multiprocessing.reduction import DupFd
from types import TracebackType
from typing import Any, cast

from tests.warm_forks import end_with_tests

# What Python reads only when it starts; of these a fork has what the tests have.
_READ_AT_START = (
    *("PYTHONDEVMODE", "PYTHONHASHSEED", "PYTHONIOENCODING", "PYTHONOPTIMIZE", "PYTHONUTF8"),
    *("PYTHONWARNINGS", "PYTHONTRACEMALLOC", "PYTHONPROFILEIMPORTTIME"),
)
_COVERAGE = ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")
_FAULTS = (signal.SIGILL, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGSEGV)
_PLAIN, _PLAIN_AS = "C", "C.UTF-8"  # Python takes the one locale for the other
_NAMES = ("stdin", "stdout", "stderr")
_STDERR = 2
_UNWRITTEN = 120  # Python's exit code when the last words could not be written


class PassedStreams:
    """Open descriptors that go over to the fork with what it is told."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.numbers = tuple(numbers)

    def __getstate__(self) -> list[Any]:
        return [DupFd(one) for one in self.numbers]

    def __setstate__(self, passed: list[Any]) -> None:
        self.numbers = tuple(one.detach() for one in passed)


@dataclass(frozen=True)
class ProgramStart:
    """All that a process is started with. `warned`: as after `-W`."""

    module: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str
    streams: PassedStreams
    warned: str | None = None

    def __post_init__(self) -> None:
        for name in _READ_AT_START:
            if name in self.environment and self.environment[name] != os.environ.get(name):
                raise ValueError(f"A fork cannot have another {name} than the tests: start a process.")


class _Outcome:
    """What becomes of a program: its exit code, or the signal that it dies of; what was wrong is said."""

    code = 0

    def __enter__(self) -> None:
        """Nothing has happened yet."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, SystemExit):
            self.code = _code_of(error)
        elif kind is not None and error is not None and trace is not None:
            sys.excepthook(kind, error.with_traceback(trace.tb_next), trace.tb_next)
            self.code = -signal.SIGINT if isinstance(error, KeyboardInterrupt) else 1
        return True


def live(start: ProgramStart) -> None:
    """A process's life; it never returns."""
    end_with_tests()
    current_process().name = "MainProcess"
    _take_streams(start)
    _take_environment(start)
    _take_signals()
    _take_words(start)
    outcome = _Outcome()
    with outcome:
        runpy.run_module(start.module, run_name="__main__", alter_sys=True)
    _die(outcome.code)


def _take_streams(start: ProgramStart) -> None:
    """It has these three and nothing else that is open."""
    for number, passed in enumerate(start.streams.numbers):
        os.dup2(passed, number)
    os.closerange(_STDERR + 1, os.sysconf("SC_OPEN_MAX"))


def _take_environment(start: ProgramStart) -> None:
    os.chdir(start.folder)
    os.environ.clear()
    os.environ.update(start.environment)
    spoken = _locale()
    if spoken == _PLAIN and not os.environ.get("LC_ALL"):
        os.environ["LC_CTYPE"] = _PLAIN_AS
        spoken = _locale()
    time.tzset()
    tempfile.tempdir = None
    unbuffered = bool(os.environ.get("PYTHONUNBUFFERED"))
    lenient = "surrogateescape" if spoken in {_PLAIN, _PLAIN_AS} else "strict"
    for number, name in enumerate(_NAMES):
        errors = "backslashreplace" if number == _STDERR else lenient
        made = _stream(number, errors, unbuffered=unbuffered)
        for attribute in (name, f"__{name}__"):
            setattr(sys, attribute, made)
    if any(os.environ.get(name) for name in _COVERAGE):
        import coverage  # noqa: PLC0415 - only a run that measures it has it

        coverage.process_startup()


def _locale() -> str:
    try:
        return locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:  # this machine does not have it
        return _PLAIN


def _stream(number: int, errors: str, *, unbuffered: bool) -> TextIOWrapper:
    """As Python makes them."""
    mode = "w" if number else "r"
    at_once = unbuffered and mode == "w"
    binary: Any = open(number, f"{mode}b", 0 if at_once else -1, closefd=False)  # noqa: SIM115 - as long as it lives
    getattr(binary, "raw", binary).name = f"<{_NAMES[number]}>"
    made: Any = TextIOWrapper(
        binary,
        encoding="utf-8",
        errors=errors,
        newline="\n",
        line_buffering=not unbuffered and (number == _STDERR or os.isatty(number)),
        write_through=unbuffered,
    )
    made.mode = mode
    return cast(TextIOWrapper, made)


def _take_signals() -> None:
    """Those of a Python that has just started."""
    for number in signal.valid_signals() - {signal.SIGINT}:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    faulthandler.disable()
    for number in _FAULTS:
        signal.signal(number, signal.SIG_DFL)
    if os.environ.get("PYTHONFAULTHANDLER"):
        faulthandler.enable()


def _take_words(start: ProgramStart) -> None:
    """The command line, and where modules are looked for."""
    sys.argv = ["-m", *start.arguments]
    sys.orig_argv = [sys.executable, "-m", start.module, *start.arguments]
    named = [one for one in os.environ.get("PYTHONPATH", "").split(os.pathsep) if one]
    own = [one for one in sys.path if one.startswith((sys.base_prefix, sys.prefix))]
    sys.path = [os.getcwd(), *named, *own]  # noqa: PTH109 - Python's own are strings
    if start.warned is not None:
        sys.warnoptions = [start.warned]
        warnings.simplefilter(start.warned)  # type: ignore[arg-type] # one of its words
        sys.orig_argv[1:1] = ["-W", start.warned]


def _code_of(error: SystemExit) -> int:
    if error.code is None or isinstance(error.code, int):
        return error.code or 0
    sys.stderr.write(f"{error.code}\n")
    return 1


def _die(code: int) -> None:
    """As Python does it: threads, what is to be done at the end, what was left open, what was not written."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    gc.collect()
    try:
        sys.stdout.flush()
    except OSError as error:  # nobody reads it any more
        ignored = "on flushing sys.stdout:" if sys.version_info >= (3, 13) else f"in: {sys.stdout!r}"
        sys.stderr.write(f"Exception ignored {ignored}\n{type(error).__name__}: {error}\n")
        code = _UNWRITTEN
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code & 0xFF)
