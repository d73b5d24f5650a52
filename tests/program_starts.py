"""Which files of tests start programs: `./run test` has none of these.

    python -m pytest --no-programs

A file that starts one stands in `tests/programs.txt`. Another one that starts a program is red: nobody
would notice how slow `./run test` becomes, program by program.
"""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from tests.database_place import on_postgres
from tests.warm_forks import FORKED

TESTS: Final = Path(__file__).resolve().parent
LIST: Final = TESTS / "programs.txt"
_STARTS = {
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "subprocess.Popen",
    FORKED,
}
_started: list[str] = []


@cache
def listed() -> tuple[Path, ...]:
    """The files and folders of `tests/programs.txt`, those that take longest first."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return tuple(TESTS / line for line in lines if line and not line.startswith("#"))


@cache
def place_of(file: Path) -> int | None:
    """Where this file of tests stands in the list, the longest at 0; None if it starts no program."""
    return next((at for at, one in enumerate(listed()) if file == one or one in file.parents), None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Called by pytest."""
    parser.addoption("--no-programs", action="store_true", help="without the files that start programs")


def pytest_configure() -> None:
    """Called by pytest, once in each process."""
    sys.addaudithook(_notice)


def pytest_report_header(config: pytest.Config) -> str | None:
    """Called by pytest."""
    if not config.getoption("--no-programs"):
        return None
    return "without the files that start programs (tests/programs.txt): ./run test --all has them too"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Called by pytest; True leaves this file or folder out, None leaves it to others."""
    return True if config.getoption("--no-programs") and place_of(collection_path) is not None else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup() -> Iterator[None]:
    """Called by pytest."""
    _started.clear()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Called by pytest, also where the test itself was red."""
    yield
    if on_postgres():  # a backup is a program there, and no such run is the quick one
        return
    if _started and TESTS in item.path.parents and place_of(item.path) is None:
        file = item.path.relative_to(TESTS)
        pytest.fail(
            f"It starts a program ({_started[0]}), so `./run test` is to leave it out: "
            f"add the line {file} to tests/programs.txt, or show the same in this process.",
            pytrace=False,
        )


def _notice(event: str, arguments: tuple[object, ...]) -> None:
    if event in _STARTS:
        _started.append(str(arguments[0]) if arguments and arguments[0] else event)
