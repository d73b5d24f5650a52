"""PostgreSQL's own: lost connections, lost answers to COMMIT, two owners."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from functools import partial

import psycopg
import pytest

from storage.database import Transaction
from storage.engine.postgres import PostgresDatabase
from storage.errors import DatabaseInUse, DatabaseUnreachable, FateUnknown
from tests import postgres
from tests.storage.postgres_proxy import PostgresProxy
from tests.storage.row_fixtures import REFUSALS, WriterGate, kept, put

_LIMIT = 30.0
_WAITS = """SELECT 1 FROM pg_locks WHERE NOT granted AND objid = 7
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
# COMMIT itself waits for whoever holds lock 7.
_SLOW_COMMIT = """
    CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN PERFORM pg_advisory_lock(7); PERFORM pg_advisory_unlock(7); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON rows DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION wait();
"""


@pytest.fixture
def url() -> Iterator[str]:
    """A database with the table `rows`."""
    with postgres.fresh() as made:
        with psycopg.connect(made, autocommit=True) as connection:
            connection.execute("CREATE TABLE rows (id TEXT PRIMARY KEY)")
        yield made


@pytest.fixture
async def remote(url: str) -> AsyncIterator[PostgresDatabase]:
    """The database, owned by the test."""
    opened = await PostgresDatabase.open(url, token="a1")
    yield opened
    await opened.close()


def kept_at(url: str) -> list[str]:
    """The rows that another program sees."""
    with psycopg.connect(url, autocommit=True) as connection:
        return [str(row[0]) for row in connection.execute("SELECT id FROM rows ORDER BY id").fetchall()]


def end(url: str, part: str) -> None:
    """End the session of one of the bridge's connections, and return when it is over."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            """SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
               WHERE datname = current_database() AND split_part(application_name, ' ', 3) = %s""",
            (part,),
        ).fetchall()
    assert set(found) == {(True,)}  # one that was refused a moment ago may not be over yet


async def test_a_session_that_ended_while_nobody_wrote_is_no_trouble(
    url: str, remote: PostgresDatabase
) -> None:
    await remote.write(put("1"))
    for part in ("writer", "reader0", "reader1"):
        end(url, part)

    await remote.write(put("2"))

    assert [await kept(remote) for _ in range(3)] == [["1", "2"]] * 3


async def test_a_session_that_ends_in_the_middle_of_a_group_leaves_nothing_of_it(
    url: str, remote: PostgresDatabase
) -> None:
    gate, told = WriterGate("1"), list[str]()

    async def work(tx: Transaction) -> None:
        tx.on_commit(lambda: told.append("committed"))
        await gate(tx)
        await put("2")(tx)

    writing = asyncio.create_task(remote.write(work))
    await gate.reached()
    beside = asyncio.create_task(remote.write(put("3")))
    end(url, "writer")
    gate.let_through()
    ends = await asyncio.gather(writing, beside, return_exceptions=True)
    await remote.write(put("4"))

    assert [type(one) for one in ends] == [DatabaseUnreachable, type(None)]
    assert told == []
    assert kept_at(url) == ["3", "4"]


async def test_a_work_that_swallows_the_loss_is_told_of_it_all_the_same(
    url: str, remote: PostgresDatabase
) -> None:
    gate = WriterGate("1")

    async def work(tx: Transaction) -> str:
        await gate(tx)
        with suppress(psycopg.Error):
            await put("2")(tx)
        return "well"

    writing = asyncio.create_task(remote.write(work))
    await gate.reached()
    end(url, "writer")
    gate.let_through()

    with pytest.raises(DatabaseUnreachable, match="PostgreSQL says"):
        await writing


async def test_a_read_whose_session_ends_is_not_believed(url: str, remote: PostgresDatabase) -> None:
    loop, reached, go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    async def work(tx: Transaction) -> str:
        row = await tx.one("SELECT split_part(current_setting('application_name'), ' ', 3) AS part")
        assert row is not None
        parts.append(row["part"])
        loop.call_soon_threadsafe(reached.set)
        assert go_on.wait(_LIMIT)
        with suppress(psycopg.Error):
            await tx.all("SELECT id FROM rows")
        return "well"

    parts: list[str] = []
    reading = asyncio.create_task(remote.read(work))
    await reached.wait()
    end(url, parts[0])
    go_on.set()

    with pytest.raises(DatabaseUnreachable):
        await reading
    assert await kept(remote) == []


@pytest.mark.parametrize("arrives", [True, False], ids=["it arrived", "it did not"])
async def test_a_commit_whose_answer_is_lost_is_told_as_it_came_to_be(url: str, *, arrives: bool) -> None:
    async with PostgresProxy(url) as proxy:
        remote = await PostgresDatabase.open(proxy.url, token="a1")
        told: list[str] = []

        async def work(tx: Transaction) -> None:
            tx.on_commit(lambda: told.append("committed"))
            await put("1")(tx)

        proxy.cut_at_commit(arrives=arrives)
        ends = await asyncio.gather(remote.write(work), remote.write(put("2")), return_exceptions=True)
        await remote.write(put("3"))
        await remote.close()

    assert proxy.cuts == 1
    if arrives:
        assert [type(one) for one in ends] == [type(None)] * 2
        assert (told, kept_at(url)) == (["committed"], ["1", "2", "3"])
    else:
        assert [type(one) for one in ends] == [DatabaseUnreachable] * 2
        assert (told, kept_at(url)) == ([], ["3"])


async def test_nobody_is_told_how_a_commit_ended_as_long_as_nobody_knows(url: str) -> None:
    async with PostgresProxy(url) as proxy:
        remote = await PostgresDatabase.open(proxy.url, token="a1")
        proxy.cut_at_commit(arrives=True, then_closed=True)
        writing = asyncio.create_task(remote.write(put("1")))
        await proxy.cut.wait()

        done, _ = await asyncio.wait([writing], timeout=0.5)
        assert not done

        proxy.open_again()
        async with asyncio.timeout(_LIMIT):
            await writing
        await remote.close()
    assert kept_at(url) == ["1"]


async def test_a_close_does_not_wait_for_ever_for_a_commit_of_unknown_fate(url: str) -> None:
    async with PostgresProxy(url) as proxy:
        remote = await PostgresDatabase.open(proxy.url, token="a1", patience=0.2)
        proxy.cut_at_commit(arrives=True, then_closed=True)
        writing = asyncio.create_task(remote.write(put("1")))
        await proxy.cut.wait()

        async with asyncio.timeout(_LIMIT):
            with pytest.raises(FateUnknown):
                await remote.close()
        await asyncio.wait([writing])

    assert writing.cancelled()


async def test_without_a_server_nothing_is_stored_and_afterwards_all_goes_on(url: str) -> None:
    async with PostgresProxy(url) as proxy:
        remote = await PostgresDatabase.open(proxy.url, token="a1")
        proxy.close_door()
        for _ in range(3):
            with pytest.raises(DatabaseUnreachable):
                await remote.write(put("lost"))
            with pytest.raises(DatabaseUnreachable):
                await kept(remote)

        proxy.open_again()
        async with asyncio.timeout(_LIMIT):
            while True:
                with suppress(DatabaseUnreachable):
                    await remote.write(put("1"))
                    break
            while True:  # what reads has a connection of its own, which asks again in its own time
                with suppress(DatabaseUnreachable):
                    found = await kept(remote)
                    break
        assert found == ["1"]
        await remote.close()


async def test_a_second_owner_is_refused_even_when_the_first_has_lost_its_own_connection(
    url: str, remote: PostgresDatabase
) -> None:
    with pytest.raises(DatabaseInUse, match=f"number .* on {postgres.machine()}"):
        await PostgresDatabase.open(url, token="b2")
    end(url, "owner")
    with pytest.raises(DatabaseInUse):
        await PostgresDatabase.open(url, token="b2")

    await remote.write(put("1"))
    assert await kept(remote) == ["1"]


async def test_an_owner_that_lost_everything_ends_when_another_was_there_meanwhile(url: str) -> None:
    async with PostgresProxy(url) as proxy:
        remote = await PostgresDatabase.open(proxy.url, token="a1")
        keeping = asyncio.create_task(remote.kept())
        proxy.close_door()
        other = await PostgresDatabase.open(url, token="b2")
        await other.write(put("theirs"))
        await other.close()
        proxy.open_again()

        async with asyncio.timeout(_LIMIT):
            while not keeping.done():
                with pytest.raises(DatabaseUnreachable):
                    await remote.write(put("ours"))
            with pytest.raises(DatabaseInUse, match="in the meantime"):
                await keeping
        await remote.close()
    assert kept_at(url) == ["theirs"]


async def test_an_owner_that_lost_everything_for_a_while_goes_on(url: str) -> None:
    async with PostgresProxy(url) as proxy:
        remote = await PostgresDatabase.open(proxy.url, token="a1")
        proxy.close_door()
        proxy.open_again()

        await remote.write(put("1"))
        await remote.close()
    assert kept_at(url) == ["1"]


async def test_a_dump_that_is_put_back_under_a_running_bridge_stops_it(
    url: str, remote: PostgresDatabase
) -> None:
    keeping = asyncio.create_task(remote.kept())
    await remote.write(put("1"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE bridge_owner SET commits = 0, token = 'from the dump'")

    with pytest.raises(DatabaseUnreachable, match="Nothing was stored"):
        await remote.write(put("2"))
    async with asyncio.timeout(_LIMIT):
        with pytest.raises(DatabaseInUse):
            await keeping
    assert kept_at(url) == ["1"]


async def test_a_session_that_the_server_ends_while_it_commits_stores_nothing(
    url: str, remote: PostgresDatabase
) -> None:
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(_SLOW_COMMIT)
        other.execute("SELECT pg_advisory_lock(7)")
        writing = asyncio.create_task(remote.write(put("1")))
        async with asyncio.timeout(_LIMIT):
            while not other.execute(_WAITS).fetchall():
                await asyncio.to_thread(other.execute, "SELECT 1")

        end(url, "writer")
        with pytest.raises(DatabaseUnreachable, match="during the commit"):
            await writing

        other.execute("SELECT pg_advisory_unlock(7)")
    await remote.write(put("2"))
    assert kept_at(url) == ["2"]


async def test_a_commit_that_the_server_refuses_is_refused_for_everybody(
    url: str, remote: PostgresDatabase
) -> None:
    await remote.write(
        lambda tx: tx.execute(
            "CREATE TABLE late (id TEXT REFERENCES rows (id) DEFERRABLE INITIALLY DEFERRED)"
        )
    )

    ends = await asyncio.gather(
        remote.write(put("1")),
        remote.write(lambda tx: tx.execute("INSERT INTO late (id) VALUES ('none')")),
        return_exceptions=True,
    )
    await remote.write(put("2"))

    assert [type(one) for one in ends] == [DatabaseUnreachable] * 2
    assert kept_at(url) == ["2"]


async def test_a_lock_that_somebody_else_holds_costs_seconds_and_no_more(
    url: str, remote: PostgresDatabase
) -> None:
    await remote.write(lambda tx: tx.execute("SET lock_timeout = 50"))
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE rows")

        with pytest.raises(DatabaseUnreachable, match="lock timeout"):
            await remote.write(put("1"))

    await remote.write(put("2"))
    assert kept_at(url) == ["2"]


async def test_no_error_repeats_a_value(remote: PostgresDatabase) -> None:
    await remote.write(put("a secret"))

    with pytest.raises(REFUSALS) as caught:
        await remote.write(put("a secret"))

    assert "secret" not in f"{caught.value!r} {caught.value.__cause__!r}"


async def test_every_promise_of_durability_is_asked_of_the_server(remote: PostgresDatabase) -> None:
    async def work(tx: Transaction) -> list[object]:
        return [
            (await tx.one(f"SHOW {name}") or {})[name]
            for name in ("synchronous_commit", "transaction_isolation")
        ]

    assert await remote.write(work) == ["on", "read committed"]
    assert await remote.read(work) == ["on", "repeatable read"]


async def test_no_thread_and_no_session_outlive_the_database(url: str) -> None:
    before = set(threading.enumerate())
    database = await PostgresDatabase.open(url, token="a1")
    own = set(threading.enumerate()) - before
    await asyncio.gather(*(database.write(partial(_nothing)) for _ in range(3)))

    await database.close()
    for thread in own:
        thread.join(timeout=20)

    assert not any(thread.is_alive() for thread in own)
    with pytest.raises(DatabaseUnreachable, match="closed"):
        await database.write(_nothing)
    again = await PostgresDatabase.open(url, token="b2")
    await again.close()


async def _nothing(_: Transaction) -> None:
    pass


async def test_whoever_was_replaced_hears_that_first_whatever_else_would_have_been_refused(
    url: str, remote: PostgresDatabase
) -> None:
    await remote.write(put("1"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE bridge_owner SET commits = 0, token = 'from the dump'")

    with pytest.raises(DatabaseUnreachable, match="Nothing was stored"):
        await remote.write(put("1"))
