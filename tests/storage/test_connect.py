"""From a URL to a database that is up to date."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Transaction
from storage.engine.connect import open_database, sqlite_path
from storage.engine.migrate import load
from storage.engine.sqlite import SqliteDatabase
from storage.errors import DatabaseTooNew
from tests import postgres

AS_BUILT, MEMORY = 0, 2  # PRAGMA temp_store


async def applied(url: str, *, up_to_date: bool = True) -> list[int]:
    database = await open_database(url, now=5, up_to_date=up_to_date)
    rows = await database.read(lambda tx: tx.all("SELECT version FROM migrations"))
    await database.close()
    return [row["version"] for row in rows]


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where nothing is yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bridge.sqlite3"
        return
    with postgres.fresh() as made:
        yield made


async def test_opening_brings_a_new_database_up_to_date_unless_told_not_to(empty: str) -> None:
    url = empty
    versions = [migration.version for migration in load("sqlite")]

    assert await applied(url, up_to_date=False) == []
    assert await applied(url) == versions
    assert await applied(url) == versions


async def test_scratch_is_in_memory_for_the_writer_and_not_before_the_migrations(tmp_path: Path) -> None:
    path = tmp_path / "bridge.sqlite3"

    async def place(tx: Transaction) -> object:
        return (await tx.one("PRAGMA temp_store") or {})["temp_store"]

    before = await SqliteDatabase.open(path)
    found = [await before.write(place)]
    await before.close()
    after = await open_database(f"sqlite:///{path}", now=5)
    found += [await after.write(place), await after.read(place)]
    await after.close()

    assert found == [AS_BUILT, MEMORY, AS_BUILT]


async def test_a_database_that_is_too_new_is_refused_and_let_go(url: str) -> None:
    database = await open_database(url, now=5)
    await database.write(lambda tx: tx.execute("INSERT INTO migrations VALUES (99, 'future', 'x', 1)"))
    await database.close()

    for _ in range(2):  # the second time it would be in use, had the first not let it go
        with pytest.raises(DatabaseTooNew, match="version 99"):
            await open_database(url, now=6)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///bridge.sqlite3", "bridge.sqlite3"),
        ("sqlite:///data/bridge.sqlite3", "data/bridge.sqlite3"),
        ("sqlite:////var/lib/bridge.sqlite3", "/var/lib/bridge.sqlite3"),
    ],
)
def test_three_slashes_are_relative_and_four_are_absolute(url: str, path: str) -> None:
    assert sqlite_path(url) == Path(path)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://bridge:hunter2@db/bridge", "“mysql:”"),
        ("postgresql://bridge:hunter2@db/bridge?sslmod=off", "cannot be read"),
        ("bridge.sqlite3", "begins with sqlite:///"),
        ("", "begins with sqlite:///"),
        ("sqlite://", "names one file"),
        ("sqlite:///", "names one file"),
        ("sqlite://bridge.sqlite3", "names one file"),
        ("sqlite:///:memory:", "names one file"),
        ("sqlite:///folder/", "names one file"),
        ("sqlite:///bridge.sqlite3?mode=ro", "names one file"),
    ],
)
async def test_any_other_url_gets_a_sentence_without_its_secrets(url: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as caught:
        await open_database(url, now=5)
    assert "hunter2" not in str(caught.value)
