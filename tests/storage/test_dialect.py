"""Statements, values and addresses on PostgreSQL: as on SQLite; no password."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Transaction
from storage.engine import database_owner, dialect
from storage.engine.connect import open_database
from storage.engine.postgres import PostgresDatabase
from storage.engine.postgres_server import PostgresServer
from storage.errors import DatabaseUnreachable, WrongUrl
from tests import postgres


@pytest.fixture
async def remote() -> AsyncIterator[PostgresDatabase]:
    """An empty database."""
    with postgres.fresh() as made:
        opened = await PostgresDatabase.open(made, token="a1")
        yield opened
        await opened.close()


async def test_values_come_back_as_sqlite_would_give_them(remote: PostgresDatabase) -> None:
    async def work(tx: Transaction) -> list[object]:
        await tx.execute("CREATE TABLE many (n BIGINT, t TEXT, b BYTEA)")
        for number, text in enumerate(["b", "a", "B", "ä", "\0", "100%", "it's"]):
            await tx.execute(
                "INSERT INTO many (n, t, b) VALUES (:n, :t, :b)", n=number, t=text, b=text.encode()
            )
        row = await tx.one(
            """SELECT SUM(n) AS total, COUNT(*) AS count, MAX(n) > 3 AS yes, :none AS none,
                      ':n %s ''x''' AS quoted FROM many WHERE :none IS NULL OR t = :none""",
            none=None,
        )
        assert row is not None
        texts = [each["t"] for each in await tx.all("SELECT t FROM many ORDER BY t")]
        return [dict(row), [type(row[name]) for name in ("total", "count", "yes")], texts]

    row, types, texts = await remote.write(work)

    assert row == {"total": 21, "count": 7, "yes": 1, "none": None, "quoted": ":n %s 'x'"}
    assert types == [int, int, int]
    assert texts == ["100%", "B", "a", "b", "it's", "ä", "\N{REPLACEMENT CHARACTER}"]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT :a, ':b', \":c\" -- :d\n", "SELECT %(a)s, ':b', \":c\" -- :d\n"),
        ("SELECT x::int FROM t WHERE y LIKE '%'", "SELECT x::int FROM t WHERE y LIKE '%%'"),
        ("SELECT CAST(x AS TEXT) /* TEXT :x */", "SELECT CAST(x AS TEXT) /* TEXT :x */"),
        ("CREATE TABLE t (a TEXT, b BLOB)", 'CREATE TABLE t (a TEXT COLLATE "C", b BYTEA)'),
        ("SET a = X'00fF', b = ':x'", r"SET a = CAST('\x00fF' AS BYTEA), b = ':x'"),
        ("CREATE INDEX t_text ON t (a)", "CREATE INDEX t_text ON t (a)"),
    ],
)
def test_a_statement_is_translated_outside_of_quotes_and_comments(sql: str, expected: str) -> None:
    assert dialect.postgres(sql) == expected.encode()


async def test_a_database_that_cannot_be_reached_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnreachable) as caught:
        await open_database("postgresql://bridge:hunter2@127.0.0.1:1/none?connect_timeout=2", now=0)

    assert "127.0.0.1" in str(caught.value)
    assert "hunter2" not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://bridge:hunter2@db:5433/name?sslmode=require", "postgresql://bridge@db:5433/name"),
        ("postgresql:///name", "postgresql:///name"),
        ("postgresql://a,b/name", "postgresql://a,b/name"),
        ("postgresql:///name?host=/run/postgresql&password=hunter2", "postgresql://%2Frun%2Fpostgresql/name"),
    ],
)
def test_a_database_is_shown_without_its_password(url: str, name: str) -> None:
    assert PostgresServer(url).name == name


def test_a_url_that_cannot_be_read_is_not_repeated() -> None:
    with pytest.raises(WrongUrl) as caught:
        PostgresServer("postgresql://bridge:hunter2@db/name?nonsense=1")

    assert "hunter2" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_a_name_at_the_server_is_short_enough_to_be_whole() -> None:
    assert len(database_owner.SoleOwnership("f" * 32).name("reader1")) < 64
