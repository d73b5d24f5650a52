"""Tests whose bridge is in their own process, in virtual time.

A test that asks for `virtual_time`, as `tests.house_fixtures.own_house` does, runs on the simulation's loop.
The bridge, both stand-ins and the test share it: connections lead from one to the other without a socket,
SQLite has no thread, and when nobody can go on, time jumps. What stands in `tests/programs.txt` has a process
and real time instead, and so has a run that was asked to use PostgreSQL.
"""

import asyncio
import os
import random
from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pytest

from tests.simulation import timeless

if TYPE_CHECKING:
    from tests.simulation.wires import WiredLoop

_SEED: Final = 7
_LOCKS: Final = "XDG_RUNTIME_DIR"  # where a bot's lock lies: all bots here have one number and one address
_virtual = pytest.StashKey[bool]()


def pytest_addoption() -> None:
    """Called by pytest, before it loads the next plugin, and so before any code of the bridge is there."""
    timeless.install()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Called by pytest, before the test's loop is made."""
    item.config.stash[_virtual] = "virtual_time" in getattr(item, "fixturenames", ()) and _possible(item)


@pytest.fixture(scope="session")
def virtual_time() -> None:
    """Whoever asks for it runs in virtual time, where that is possible."""


@pytest.fixture(scope="session")
def _asyncio_loop_factory(pytestconfig: pytest.Config) -> Callable[[], asyncio.AbstractEventLoop]:
    """What makes the loop of a test, of a module or of a package: for its first test."""

    def made() -> asyncio.AbstractEventLoop:
        return _settled() if pytestconfig.stash[_virtual] else asyncio.new_event_loop()

    return made


def _possible(item: pytest.Item) -> bool:
    # Imported now and not before, because they load code of the bridge.
    from tests.database_place import on_postgres  # noqa: PLC0415
    from tests.program_starts import place_of  # noqa: PLC0415

    return place_of(item.path) is None and not on_postgres()


def _settled() -> "WiredLoop":
    """A loop to which this process belongs until it is closed."""
    from tests.simulation.inline import Disk  # noqa: PLC0415
    from tests.simulation.living import settled_in  # noqa: PLC0415
    from tests.simulation.wires import WiredLoop  # noqa: PLC0415

    class HostLoop(WiredLoop):
        def close(self) -> None:
            super().close()
            stack.close()

        async def shutdown_asyncgens(self) -> None:
            """What is open still is a dead life's, and nobody may tidy it up."""

    loop, stack = HostLoop(random.Random(_SEED)), ExitStack()  # noqa: S311 - an order is no secret
    disk = Disk(random.Random(_SEED))  # noqa: S311 - likewise
    stack.enter_context(settled_in(loop, disk))
    stack.enter_context(timeless.rolled(_SEED))
    stack.callback(_set, _LOCKS, os.environ.get(_LOCKS))
    _set(_LOCKS, stack.enter_context(TemporaryDirectory(prefix="locks-")))
    return loop


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
