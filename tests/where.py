"""Where a test keeps its bridge's database: a file, or a PostgreSQL server.

    BRIDGE_TEST_POSTGRES=1 ./run test tests/relay tests/journeys

A test that asks for its place by `database_in` runs on both without knowing. Databases of tests that have
ended serve the next ones.
"""

import os
from contextlib import ExitStack
from pathlib import Path

from tests import postgres

VARIABLE = "BRIDGE_TEST_POSTGRES"

_taken: dict[Path, tuple[ExitStack, str]] = {}


def on_postgres() -> bool:
    """Whether this run was asked to use the server."""
    return bool(os.environ.get(VARIABLE))


def database_in(folder: Path) -> str:
    """The URL of the one database that belongs to a test's folder; there is a schema or nothing in it."""
    if not on_postgres():
        return f"sqlite:///{folder}/bridge.sqlite3"
    if folder not in _taken:
        stack = ExitStack()
        _taken[folder] = stack, stack.enter_context(postgres.emptied())
    return _taken[folder][1]


def settings_in(folder: Path) -> dict[str, str]:
    """The same for a bridge that is a process of its own."""
    return {"DATABASE_URL": database_in(folder), "STATE_DIR": str(folder)}


def let_go(folder: Path) -> None:
    """A test has ended: whatever belonged to its folder, or to one within, serves others."""
    for one in [each for each in _taken if each.is_relative_to(folder)]:
        stack, _ = _taken.pop(one)
        stack.close()
