"""A fresh database for each test, of each kind."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.engine.connect import open_database
from storage.engine.sqlite import SqliteDatabase
from tests import postgres
from tests.database_place import with_schema
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, a_creator, a_fan


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database of each kind is, with its schema: that is faster than to make it."""
    if request.param == "sqlite":
        yield with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3")
        return
    with postgres.emptied() as made:
        yield made


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A database of each kind, brought up to date."""
    opened = await open_database(url, now=0)
    yield opened
    await opened.close()


@pytest.fixture
async def known(database: Database) -> Database:
    """A database with two creators and a fan of the first."""
    await a_creator(database, CREATOR)
    await a_creator(database, OTHER_CREATOR)
    await a_fan(database, CREATOR, FAN)
    return database


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """SQLite with one table `rows`, which gives up on a lock after 20 ms."""
    opened = await SqliteDatabase.open(tmp_path / "rows.sqlite3", busy_timeout=20)
    await opened.write(lambda tx: tx.execute("CREATE TABLE rows (id TEXT PRIMARY KEY)"))
    yield opened
    await opened.close()
