"""A driver of each kind on a database of its own."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.relay.clock import SystemClock
from bot.relay.dispatch import Driver, InProcess
from storage.connect import open_database
from storage.database import Database
from tests.where import with_schema


@dataclass(frozen=True)
class World:
    """One database, and drivers on it: at most `at_once` drains at once."""

    database: Database
    driver: Callable[[int], Driver]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The default one: everything in one process."""
    database = await open_database(with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3"), now=0)
    yield World(database, lambda at_once: InProcess(clock=SystemClock(), at_once=at_once))
    await database.close()
