"""`migrate` on the command line, beside a process that uses the database."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from storage.database import Database
from storage.engine.connect import open_database
from tests import postgres
from tests.cli.test_cli import call
from tests.settings.test_settings import WHOLE


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where nothing is yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bridge.sqlite3"
        return
    with postgres.fresh() as made:
        yield made


@asynccontextmanager
async def used(url: str, *, up_to_date: bool = True) -> AsyncIterator[Database]:
    """A process has it meanwhile: one of several where there can be several."""
    shared = None if url.startswith("sqlite") else "one"
    database = await open_database(url, now=5, up_to_date=up_to_date, shared=shared)
    try:
        yield database
    finally:
        await database.close()


async def migrated(url: str, folder: Path) -> CompletedProcess[str]:
    """In a thread: whoever has the database says meanwhile that it still does."""
    return await asyncio.to_thread(lambda: call("migrate", cwd=folder, **WHOLE | {"DATABASE_URL": url}))


async def test_a_new_database_is_made(url: str, tmp_path: Path) -> None:
    done = await migrated(url, tmp_path)

    assert done.returncode == 0
    assert '"the database is up to date"' in done.stderr


async def test_beside_those_that_run_there_is_nothing_to_do_and_no_error(url: str, tmp_path: Path) -> None:
    async with used(url):
        done = await migrated(url, tmp_path)

    assert done.returncode == 0
    assert '"the database is up to date, and in use"' in done.stderr


async def test_an_older_database_is_not_touched_while_it_is_used(url: str, tmp_path: Path) -> None:
    async with used(url) as database:
        await database.write(lambda tx: tx.execute("DELETE FROM migrations WHERE version >= 50"))
        done = await migrated(url, tmp_path)
        (row,) = await database.read(lambda tx: tx.all("SELECT MAX(version) AS version FROM migrations"))

    assert (done.returncode, row["version"]) == (75, 49)
    assert "already use" in done.stderr


async def test_one_whose_tables_are_just_being_made_is_left_to_who_makes_them(
    url: str, tmp_path: Path
) -> None:
    async with used(url) as database:
        await database.write(lambda tx: tx.execute("DROP TABLE migrations"))
        done = await migrated(url, tmp_path)

    assert done.returncode == 75
    assert "Traceback" not in done.stderr


async def test_beside_a_newer_program_this_one_says_so(url: str, tmp_path: Path) -> None:
    async with used(url) as database:
        await database.write(lambda tx: tx.execute("INSERT INTO migrations VALUES (99, 'future', 'x', 1)"))
        done = await migrated(url, tmp_path)

    assert done.returncode == 1
    assert "version 99" in done.stderr
