"""One schema on both databases, made by the same files, each step whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage.database import Database, Transaction
from storage.engine.connect import dialect_of, open_database
from storage.engine.dialect import COLUMNS, SQLITE
from storage.engine.migrate import Migration, load, migrate
from storage.engine.postgres import PostgresDatabase
from tests import postgres

Shape = tuple[set[tuple[Any, Any, Any, Any]], list[tuple[Any, bool, bool]]]
INDEXES = {
    True: "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
    False: """SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE schemaname = 'public'
              AND indexname NOT LIKE '%\\_key' AND indexname NOT LIKE '%\\_pkey' ORDER BY indexname""",
}
BROKEN = Migration(2, "broken", "CREATE TABLE c (id TEXT); CREATE TABLE a (id TEXT);")
FIRST = Migration(1, "first", "CREATE TABLE a (id TEXT PRIMARY KEY, b BLOB);")


@pytest.fixture
def fresh() -> Iterator[str]:
    """A server's database in which there is nothing."""
    with postgres.fresh() as made:
        yield made


async def shape(url: str) -> Shape:
    """Every column with its place in the key and what it refers to; every index, unique or partial."""
    database = await open_database(url, now=0)
    sqlite = dialect_of(url) == SQLITE

    async def work(tx: Transaction) -> Shape:
        columns = {
            (row["table"], row["column"], row["place"], row["refers"])
            for row in await tx.all(COLUMNS)
            if row["table"] != "bridge_owner"
        }
        indexes = [
            (row["name"], "UNIQUE" in row["sql"], "WHERE" in row["sql"])
            for row in await tx.all(INDEXES[sqlite])
        ]
        return columns, indexes

    try:
        return await database.read(work)
    finally:
        await database.close()


async def test_both_kinds_of_database_have_the_same_tables_keys_and_indexes(
    fresh: str, tmp_path: Path
) -> None:
    there, here = await shape(fresh), await shape(f"sqlite:///{tmp_path}/bridge.sqlite3")

    assert there == here
    assert len(here[0]) > 200
    assert len(here[1]) > 20


async def test_every_text_is_compared_byte_by_byte(fresh: str) -> None:
    database = await open_database(fresh, now=0)
    found = await database.read(
        lambda tx: tx.all(
            """SELECT DISTINCT data_type, collation_name FROM information_schema.columns
               WHERE table_schema = 'public' AND table_name <> 'bridge_owner'"""
        )
    )
    await database.close()

    kinds = {(row["data_type"], row["collation_name"]) for row in found}
    assert kinds <= {("text", "C"), ("bigint", None), ("integer", None), ("bytea", None)}


async def test_a_migration_that_fails_half_way_leaves_nothing_on_a_server_either(fresh: str) -> None:
    database = await PostgresDatabase.open(fresh, token="a1")
    assert await migrate(database, [FIRST], now=5) == 1

    with pytest.raises(psycopg.Error, match="already exists"):
        await migrate(database, [FIRST, BROKEN], now=6)
    tables = await names(database)
    await database.close()

    assert tables == ["a", "migrations"]


async def test_a_database_that_is_up_to_date_is_left_as_it_is(fresh: str) -> None:
    for now in (5, 6):
        database = await open_database(fresh, now=now)
        applied = await database.read(lambda tx: tx.all("SELECT version, applied_at FROM migrations"))
        await database.close()

    assert [(row["version"], row["applied_at"]) for row in applied] == [
        (migration.version, 5) for migration in load("postgres")
    ]


async def names(database: Database) -> list[str]:
    """The tables that are there."""
    return sorted({row["table"] for row in await database.read(lambda tx: tx.all(COLUMNS))})
