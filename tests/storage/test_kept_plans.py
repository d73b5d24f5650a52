"""Statements whose plans a server keeps, where a session is ours alone."""

from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest

from storage.database import FrequentStatement, Transaction
from storage.engine.cluster_members import ClusterMember
from storage.engine.postgres import PostgresDatabase
from tests import postgres

_PUT = FrequentStatement("INSERT INTO kept (name, value) VALUES (:name, :value)")
_GET = FrequentStatement("SELECT value FROM kept WHERE name = :name")


@pytest.fixture
def url() -> Iterator[str]:
    """A database of the server's."""
    with postgres.emptied() as made:
        yield made


@pytest.fixture
async def database(through: str) -> AsyncIterator[PostgresDatabase]:
    """The same, shared."""
    opened = await PostgresDatabase.open(through, token="a1", tenure=ClusterMember("a1", schema=1))
    yield opened
    await opened.close()


async def plans(tx: Transaction) -> list[str]:
    """What this session keeps of ours."""
    rows = await tx.all("SELECT statement FROM pg_prepared_statements WHERE name LIKE 'bridge%'")
    return [str(row["statement"]) for row in rows]


async def test_plans_are_kept_where_a_session_is_ours(
    request: pytest.FixtureRequest, database: PostgresDatabase
) -> None:
    async def work(tx: Transaction) -> list[str]:
        await tx.execute(_PUT, name="one", value="1")
        found = [await tx.one(_GET, name=one) for one in ("one", "two", "one")]
        assert [row and row["value"] for row in found] == ["1", None, "1"]
        return await plans(tx)

    kept = await database.write(work)

    assert len(kept) == (2 if "direct" in request.node.name else 0)


async def test_a_new_session_keeps_its_plans_anew(url: str, database: PostgresDatabase) -> None:
    await database.write(lambda tx: tx.execute(_PUT, name="one", value="1"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            """SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()"""
        )

    await database.write(lambda tx: tx.execute(_PUT, name="two", value="2"))

    rows = await database.read(lambda tx: tx.all("SELECT name FROM kept ORDER BY name"))
    assert [row["name"] for row in rows] == ["one", "two"]


async def test_what_a_server_refuses_undoes_its_own_piece_only(database: PostgresDatabase) -> None:
    await database.write(lambda tx: tx.execute(_PUT, name="one", value="1"))

    with pytest.raises(psycopg.errors.UniqueViolation):
        await database.write(lambda tx: tx.execute(_PUT, name="one", value="2"))
    await database.write(lambda tx: tx.execute(_PUT, name="two", value="2"))

    row = await database.read(lambda tx: tx.one(_GET, name="one"))
    assert row is not None
    assert row["value"] == "1"
