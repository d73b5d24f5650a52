"""Migrations: each once and whole; older rows are kept, newer ones refused."""

import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.database import Database, Row, Transaction
from storage.engine.migrate import Migration, check, load, migrate, statements
from storage.engine.sqlite import SqliteDatabase
from storage.errors import DatabaseTooNew, MigrationChanged

ALL = load("sqlite")
A_VALUE = {"TEXT": "t", "BIGINT": 1, "INTEGER": 1, "BYTEA": b"1"}  # equal in all tables: references hold
TWO = (
    Migration(1, "first", "CREATE TABLE a (id TEXT PRIMARY KEY); CREATE TABLE b (id TEXT);"),
    Migration(2, "second", "ALTER TABLE a ADD COLUMN more BIGINT NOT NULL DEFAULT 7; DROP TABLE b;"),
)


async def columns(tx: Transaction) -> dict[str, list[Row]]:
    """Every table of ours with its columns."""
    tables = await tx.all(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'migrations' ORDER BY rowid"
    )
    return {
        row["name"]: await tx.all("SELECT * FROM pragma_table_info(:name)", name=row["name"])
        for row in tables
    }


async def schema(database: Database) -> dict[str, str]:
    """Every definition, without comments and with single spaces."""
    rows = await database.read(
        lambda tx: tx.all(
            "SELECT name, sql FROM sqlite_master WHERE name <> 'migrations' AND sql IS NOT NULL"
        )
    )
    return {row["name"]: plain(row["sql"]) for row in rows}


def plain(sql: str) -> str:
    return " ".join(re.sub(r"--[^\n]*", " ", sql).split())


async def fill(database: Database) -> dict[str, Row]:
    """Keep one row in each table; return them."""

    async def work(tx: Transaction) -> dict[str, Row]:
        kept: dict[str, Row] = {}
        for table, found in (await columns(tx)).items():
            row: Row = {column["name"]: A_VALUE[column["type"]] for column in found}
            names = ", ".join(row)
            places = ", ".join(f":{name}" for name in row)
            insert = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - names of our own schema
            await tx.execute(insert, **row)
            kept[table] = row
        return kept

    return await database.write(work)


async def rows(database: Database) -> dict[str, list[Row]]:
    async def work(tx: Transaction) -> dict[str, list[Row]]:
        names = await columns(tx)
        return {table: await tx.all(f"SELECT * FROM {table}") for table in names}  # noqa: S608 - likewise

    return await database.read(work)


@dataclass(frozen=True)
class GrownDatabases:
    """A database of each version without rows, and the newest schema."""

    folder: Path
    newest: dict[str, str]

    def of(self, version: int) -> Path:
        """One that grew so far, closed."""
        return self.folder / f"{version}.sqlite3"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> GrownDatabases:
    """One grows, and a copy of it stays at each version: from each on, a test has its own."""
    return asyncio.run(_grown(tmp_path_factory.mktemp("grown")))


async def _grown(folder: Path) -> GrownDatabases:
    fresh = await SqliteDatabase.open(folder / "fresh.sqlite3")
    await migrate(fresh, ALL, now=7)
    made = GrownDatabases(folder, await schema(fresh))
    await fresh.close()
    for version in range(1, len(ALL) + 1):
        if version > 1:
            shutil.copy(made.of(version - 1), made.of(version))
        database = await SqliteDatabase.open(made.of(version))
        assert await migrate(database, ALL[:version], now=5) == version
        await database.close()
    return made


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """A database without a schema."""
    database = await SqliteDatabase.open(tmp_path / "empty.sqlite3")
    yield database
    await database.close()


async def test_the_schema_is_what_sqlite_itself_makes_of_the_files(
    empty: SqliteDatabase, tmp_path: Path
) -> None:
    await migrate(empty, ALL, now=5)
    other = sqlite3.connect(tmp_path / "other.sqlite3")
    for migration in ALL:
        other.executescript(migration.sql)
    expected = dict(other.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())
    other.close()

    assert await schema(empty) == {name: plain(sql) for name, sql in expected.items()}


async def test_every_column_has_a_type_that_both_kinds_of_database_know(empty: SqliteDatabase) -> None:
    await migrate(empty, ALL, now=5)

    found = await empty.read(columns)
    types = {column["type"] for table in found.values() for column in table}
    assert types <= {"TEXT", "BIGINT", "BYTEA", "INTEGER"}
    assert len(found) > 10


@pytest.fixture
async def older(grown: GrownDatabases, tmp_path: Path, version: int) -> AsyncIterator[SqliteDatabase]:
    """A database of the test's version, of its own."""
    file = tmp_path / "older.sqlite3"
    shutil.copy(grown.of(version), file)
    database = await SqliteDatabase.open(file)
    yield database
    await database.close()


# Rights that nobody had signed end with the version that signs them: they are given anew.
ENDED = {"page_sessions": 80, "assistant_consents": 80}


@pytest.mark.parametrize("version", range(1, len(ALL) + 1))
async def test_a_database_of_each_version_keeps_its_rows_and_becomes_the_newest(
    older: SqliteDatabase, grown: GrownDatabases, version: int
) -> None:
    assert await check(older, ALL) == version
    before = await fill(older)

    assert await migrate(older, ALL, now=6) == len(ALL)

    after = await rows(older)
    assert await schema(older) == grown.newest
    for table, row in before.items():
        kept_rows = [] if version < ENDED.get(table, 0) else [row]
        assert [{name: kept.get(name) for name in row} for kept in after[table]] == kept_rows
    assert await older.read(lambda tx: tx.all("PRAGMA foreign_key_check")) == []


async def test_an_upgrade_keeps_rows_and_applies_only_what_is_missing(empty: SqliteDatabase) -> None:
    await migrate(empty, TWO[:1], now=5)
    await fill(empty)

    assert await migrate(empty, TWO, now=6) == 2
    assert await migrate(empty, TWO, now=7) == 2

    applied = await empty.read(lambda tx: tx.all("SELECT version, name, applied_at FROM migrations"))
    assert [tuple(row.values()) for row in applied] == [(1, "first", 5), (2, "second", 6)]
    assert await rows(empty) == {"a": [{"id": "t", "more": 7}]}


async def test_a_migration_that_fails_half_way_leaves_nothing(empty: SqliteDatabase) -> None:
    await migrate(empty, TWO[:1], now=5)
    broken = Migration(2, "broken", "CREATE TABLE c (id TEXT); CREATE TABLE a (id TEXT);")

    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        await migrate(empty, (*TWO[:1], broken), now=6)

    assert set(await schema(empty)) == {"a", "b"}
    assert await migrate(empty, TWO, now=7) == 2


async def test_a_newer_database_is_refused_and_not_touched(empty: SqliteDatabase) -> None:
    await migrate(empty, TWO, now=5)
    before = await schema(empty)

    for refuse in (check(empty, TWO[:1]), migrate(empty, TWO[:1], now=6)):
        with pytest.raises(DatabaseTooNew) as caught:
            await refuse
        assert str(caught.value) == (
            "The database has schema version 2, but this program knows only up to 1. "
            "Start the newer program again, or restore an older backup."
        )
    assert await schema(empty) == before


async def test_an_edited_migration_is_refused_before_anything_changes(empty: SqliteDatabase) -> None:
    await migrate(empty, TWO[:1], now=5)
    edited = Migration(1, "first", TWO[0].sql + " ")

    with pytest.raises(MigrationChanged, match=r"Migration 1 \(first\) was edited"):
        await migrate(empty, (edited, TWO[1]), now=6)
    assert set(await schema(empty)) == {"a", "b"}


def test_line_endings_do_not_make_a_migration_another_one() -> None:
    assert Migration(1, "x", "A\r\nB").checksum == Migration(1, "x", "A\nB").checksum
    assert Migration(1, "x", "A B").checksum != Migration(1, "x", "A\nB").checksum


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        pytest.param("A; B;", ["A", "B"], id="two"),
        pytest.param("A;; ;B", ["A", "B"], id="empty ones and no last semicolon"),
        pytest.param("-- a; b\nA -- c; 'd\n;", ["A"], id="line comments"),
        pytest.param("/* a; ' \n b */ A;", ["A"], id="block comments"),
        pytest.param("A ';'; B '--';", ["A ';'", "B '--'"], id="quotes"),
        pytest.param("A 'it''s; so'; B", ["A 'it''s; so'", "B"], id="doubled quotes"),
        pytest.param('A "a;""b"; B', ['A "a;""b"', "B"], id="quoted names"),
        pytest.param("A $x$ ; $$ ; $x$; B", ["A $x$ ; $$ ; $x$", "B"], id="dollar quotes"),
        pytest.param("T BEGIN A; B; END; C", ["T BEGIN A; B; END", "C"], id="a trigger"),
        pytest.param(
            "T BEGIN A CASE WHEN x THEN y END; B; END; C",
            ["T BEGIN A CASE WHEN x THEN y END; B; END", "C"],
            id="a case inside a trigger",
        ),
        pytest.param("ENDING; B", ["ENDING", "B"], id="words that only begin so"),
        pytest.param("-- nothing\n", [], id="nothing"),
    ],
)
def test_a_file_is_split_where_its_statements_end(sql: str, expected: list[str]) -> None:
    assert statements(sql) == expected


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.text(alphabet="ab;'\"-/*$ \n\\", max_size=12), max_size=6))
def test_any_text_inside_quotes_survives_the_splitting(texts: list[str]) -> None:
    quoted = ["SELECT '" + text.replace("'", "''") + "'" for text in texts]

    sql = "".join(f"{statement}; -- it's; a comment\n /* and; 'another */" for statement in quoted)
    assert statements(sql) == quoted
