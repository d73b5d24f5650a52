"""Where a test keeps its bridge's database: a file, or a PostgreSQL server.

    BRIDGE_TEST_POSTGRES=1 ./run test tests/relay tests/journeys

A test that asks for its place by `database_in` runs on both without knowing. Databases of tests that have
ended serve the next ones.
"""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine.connect import open_database, sqlite_path
from tests import postgres

VARIABLE = "BRIDGE_TEST_POSTGRES"

_taken: dict[Path, tuple[ExitStack, str]] = {}


def on_postgres() -> bool:
    """Whether this run was asked to use the server."""
    return bool(os.environ.get(VARIABLE))


def database_in(folder: Path) -> str:
    """The URL of the one database that belongs to a test's folder; there is a schema or nothing in it."""
    if not on_postgres():
        return with_schema(f"sqlite:///{folder}/bridge.sqlite3")
    if folder not in _taken:
        stack = ExitStack()
        _taken[folder] = stack, stack.enter_context(postgres.emptied())
    return _taken[folder][1]


def with_schema(url: str) -> str:
    """The URL of an SQLite file; where there was none, one is there now with the newest schema and no rows.

    It is a copy: the migrations of each would cost a test more than much of what it does.
    """
    path = sqlite_path(url)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(_empty())
    return url


@cache
def _empty() -> bytes:
    """A database that the program itself has made; in a thread, for whoever asks may be in an event loop."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        file = Path(folder, "bridge.sqlite3")
        thread.submit(asyncio.run, _opened_once(f"sqlite:///{file}")).result()
        return file.read_bytes()


async def _opened_once(url: str) -> None:
    await (await open_database(url, now=0)).close()


def settings_in(folder: Path) -> dict[str, str]:
    """The same for a bridge that is a process of its own."""
    return {"DATABASE_URL": database_in(folder), "STATE_DIR": str(folder), "LOG_LEVEL": "DEBUG"}


def let_go(folder: Path) -> None:
    """A test has ended: whatever belonged to its folder, or to one within, serves others."""
    for one in [each for each in _taken if each.is_relative_to(folder)]:
        stack, _ = _taken.pop(one)
        stack.close()
