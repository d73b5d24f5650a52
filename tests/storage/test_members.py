"""Several processes on one database: turns, leases, who is struck out."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage.database import Transaction
from storage.engine.cluster_members import ClusterMember, alive
from storage.engine.connect import open_database
from storage.engine.postgres import PostgresDatabase
from storage.engine.postgres_server import PostgresServer
from storage.errors import DatabaseInUse, DatabaseUnreachable, WrongUrl
from tests import postgres
from tests.storage.postgres_proxy import PostgresProxy
from tests.storage.row_fixtures import kept, put

_LIMIT = 30.0


@pytest.fixture
def url() -> Iterator[str]:
    """A database with the table `rows`."""
    with postgres.fresh() as made:
        with psycopg.connect(made, autocommit=True) as connection:
            connection.execute("CREATE TABLE rows (id TEXT PRIMARY KEY)")
            connection.execute("CREATE TABLE counted (n BIGINT NOT NULL)")
            connection.execute("INSERT INTO counted VALUES (0)")
        yield made


@pytest.fixture
async def join(url: str) -> AsyncIterator[Callable[..., Any]]:
    """One more process, as far as the database knows; all leave at the end."""
    async with AsyncExitStack() as stack:

        async def one(
            token: str, *, lease: float = 20.0, schema: int = 1, at: str = url, patience: float = 10.0
        ) -> PostgresDatabase:
            tenure = ClusterMember(token, schema=schema, lease=lease)
            opened = await PostgresDatabase.open(at, token=token, tenure=tenure, patience=patience)
            stack.push_async_callback(opened.close)
            return opened

        yield one


def overdue(url: str, *tokens: str) -> None:
    """As if these processes had shown no sign of life for long, and all others had been there meanwhile."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE bridge_members SET sure = now() - INTERVAL '1 second'")
        connection.execute(
            "UPDATE bridge_members SET until = now() - INTERVAL '1 second' WHERE token = ANY(%s)",
            (list(tokens),),
        )


async def count(tx: Transaction) -> None:
    """What was read is written: nobody may have written in between."""
    row = await tx.one("SELECT n FROM counted")
    assert row is not None
    await tx.execute("UPDATE counted SET n = :n", n=row["n"] + 1)


async def test_what_several_decide_is_decided_as_if_one_came_after_the_other(
    join: Callable[..., Any],
) -> None:
    all_of_them = [await join(token) for token in ("a1", "b2", "c3")]

    await asyncio.gather(*(one.write(count) for one in all_of_them for _ in range(40)))

    for one in all_of_them:
        assert (await one.read(lambda tx: tx.one("SELECT n FROM counted")))["n"] == 120


async def test_one_alone_and_several_keep_each_other_out(url: str, join: Callable[..., Any]) -> None:
    member = await join("a1")
    with pytest.raises(DatabaseInUse, match=f"number .* on {postgres.machine()}"):
        await PostgresDatabase.open(url, token="b2")
    await member.close()

    alone = await PostgresDatabase.open(url, token="b2")
    with pytest.raises(DatabaseInUse, match=f"number .* on {postgres.machine()}"):
        await join("c3")
    await alone.write(put("1"))
    await alone.close()

    assert await kept(await join("d4")) == ["1"]


async def test_whoever_is_overdue_is_struck_out_and_writes_no_more(
    url: str, join: Callable[..., Any]
) -> None:
    one, other = await join("a1"), await join("b2")
    keeping = asyncio.create_task(one.kept())
    await one.write(put("1"))
    overdue(url, "a1")

    there = await other.write(partial(alive, me="b2"))
    with pytest.raises(DatabaseUnreachable, match="Nothing was stored"):
        await one.write(put("2"))
    async with asyncio.timeout(_LIMIT):
        with pytest.raises(DatabaseInUse, match="in the meantime"):
            await keeping

    assert there == ["b2"]
    assert await kept(other) == ["1"]


async def test_after_an_outage_the_first_to_come_back_strikes_out_nobody(
    url: str, join: Callable[..., Any]
) -> None:
    one, other = await join("a1"), await join("b2")
    overdue(url, "a1", "b2")  # nobody could show a sign of life

    there = await other.write(partial(alive, me="b2"))
    await one.write(put("1"))

    assert there == ["a1", "b2"]
    assert await kept(other) == ["1"]


async def test_an_outage_shorter_than_a_lease_makes_nobody_a_judge_of_the_others(
    url: str, join: Callable[..., Any]
) -> None:
    one, other = await join("a1"), await join("b2")
    overdue(url, "a1")  # its last sign was some seconds older than the other's, whose lease is just not over
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE bridge_members SET until = now() + INTERVAL '9 s' WHERE token = 'b2'")

    there = await other.write(partial(alive, me="b2"))
    await one.write(put("1"))

    assert there == ["a1", "b2"]
    assert await kept(other) == ["1"]


async def test_whoever_does_not_come_back_after_an_outage_is_struck_out_a_lease_later(
    url: str, join: Callable[..., Any]
) -> None:
    await join("a1")
    other = await join("b2")
    overdue(url, "a1", "b2")
    await other.write(partial(alive, me="b2"))

    with psycopg.connect(url, autocommit=True) as connection:
        left = connection.execute(
            "SELECT EXTRACT(EPOCH FROM sure - clock_timestamp()) FROM bridge_members WHERE token = 'b2'"
        ).fetchone()
        connection.execute("UPDATE bridge_members SET sure = now() WHERE token = 'b2'")

    assert left is not None and 10 < left[0] <= 20  # noqa: PT018 - one thing
    assert await other.write(partial(alive, me="b2")) == ["b2"]


async def test_a_table_of_before_is_added_to(url: str, join: Callable[..., Any]) -> None:
    await (await join("a1")).close()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE bridge_members DROP COLUMN sure")

    other = await join("b2")
    await other.write(put("1"))

    assert await other.write(partial(alive, me="b2")) == ["b2"]


async def test_whoever_is_overdue_and_comes_back_before_anybody_noticed_goes_on(
    url: str, join: Callable[..., Any]
) -> None:
    one, other = await join("a1"), await join("b2")
    overdue(url, "a1")

    await one.write(put("1"))

    assert await other.write(partial(alive, me="b2")) == ["a1", "b2"]


async def test_a_beat_renews_a_lease_without_any_commit(url: str, join: Callable[..., Any]) -> None:
    one, other = await join("a1"), await join("b2")
    overdue(url, "a1")
    keeping = asyncio.create_task(one.kept())

    async with asyncio.timeout(_LIMIT):
        while await asyncio.to_thread(_until, url, "a1") < 0:
            await other.read(lambda tx: tx.one("SELECT 1 AS one"))
    keeping.cancel()

    assert await other.write(partial(alive, me="b2")) == ["a1", "b2"]


def _until(url: str, token: str) -> float:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT EXTRACT(EPOCH FROM until - clock_timestamp()) FROM bridge_members WHERE token = %s",
            (token,),
        ).fetchone()
    assert row is not None
    return float(row[0])


async def test_whoever_closes_is_gone_at_once(join: Callable[..., Any]) -> None:
    one, other = await join("a1"), await join("b2")

    await one.close()

    assert await other.write(partial(alive, me="b2")) == ["b2"]


async def test_another_version_of_the_program_is_refused(join: Callable[..., Any]) -> None:
    await join("a1", schema=43)

    with pytest.raises(DatabaseInUse, match="another version"):
        await join("b2", schema=44)


@pytest.mark.parametrize("arrives", [True, False], ids=["it arrived", "it did not"])
async def test_a_commit_whose_answer_is_lost_is_told_as_it_came_to_be(
    url: str, join: Callable[..., Any], *, arrives: bool
) -> None:
    other = await join("b2")
    async with PostgresProxy(url) as proxy:
        one = await join("a1", at=proxy.url)
        proxy.cut_at_commit(arrives=arrives)
        ends = await asyncio.gather(one.write(put("1")), one.write(put("2")), return_exceptions=True)
        await other.write(put("theirs"))  # somebody else has written before ours is looked up
        await one.write(put("3"))
        await one.close()

    assert proxy.cuts == 1
    lost = [type(None)] * 2 if arrives else [DatabaseUnreachable] * 2
    assert [type(end) for end in ends] == lost
    assert await kept(other) == (["1", "2", "3", "theirs"] if arrives else ["3", "theirs"])


async def test_a_commit_that_is_still_under_way_is_waited_for_before_it_is_told(
    url: str, join: Callable[..., Any]
) -> None:
    """Its session goes on at the server after its connection was lost, until it hears of it."""
    one = await join("a1")
    stale = psycopg.connect(url)
    stale.execute("UPDATE bridge_members SET commits = 7 WHERE token = 'a1'")
    line = await asyncio.to_thread(PostgresServer(url).connect, "looks")

    looked = asyncio.create_task(asyncio.to_thread(ClusterMember("a1", schema=1).newest_commit, line))
    done, _ = await asyncio.wait([looked], timeout=0.3)
    stale.commit()

    assert not done
    assert await looked == 7
    stale.close()
    line.close()
    await one.close()


async def test_several_that_are_started_at_once_bring_the_schema_up_to_date_once() -> None:
    with postgres.fresh() as url:
        opened = await asyncio.gather(
            *(open_database(url, now=0, shared=token) for token in ("a1", "b2", "c3"))
        )
        rows = await opened[0].read(
            lambda tx: tx.one("SELECT COUNT(*) AS n, MAX(version) AS v FROM migrations")
        )
        for one in opened:
            await one.close()

    assert rows is not None
    assert rows["n"] == rows["v"] > 40


async def test_a_file_is_never_shared(tmp_path: Path) -> None:
    with pytest.raises(WrongUrl, match="PostgreSQL"):
        await open_database(f"sqlite:///{tmp_path}/bridge.sqlite3", now=0, shared="a1")
