"""A PostgreSQL database from elsewhere is recognised; no ordinary start is."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from storage.engine import instance, restore_window
from storage.engine.connect import open_database, site_of
from storage.engine.database_owner import SoleOwnership
from storage.engine.epochs import begin_run
from storage.engine.postgres_server import PostgresServer
from tests import postgres
from tests.audit_log_fixtures import note_restored
from tests.storage.record_fixtures import CREATOR, a_creator

PUT_BACK = ("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction")


@pytest.fixture
def url() -> Iterator[str]:
    """A database of the test's own."""
    with postgres.fresh() as made:
        yield made


@pytest.fixture
def other() -> Iterator[str]:
    """Another one on the same server."""
    with postgres.fresh() as made:
        yield made


async def start(url: str, epoch: str) -> int | None:
    database = await open_database(url, now=0)
    side = site_of(url).side(database)
    try:
        return await begin_run(database, side, epoch=epoch, canary=b"canary", now=7, note=note_restored)
    finally:
        await database.close()


async def dumped(url: str, file: Path) -> Path:
    """What the operator's nightly job makes."""
    await start(url, "one")
    postgres.tool("pg_dump", "--format=custom", f"--file={file}", url=url)
    return file


async def test_a_first_start_and_the_starts_after_it_are_no_restore(url: str) -> None:
    assert [await start(url, epoch) for epoch in ("one", "two", "three")] == [None, None, None]

    assert site_of(url).known() == {"three"}
    assert site_of(url).read(instance.epoch) == "three"


async def test_a_dump_that_is_put_back_in_its_place_is_recognised(url: str, tmp_path: Path) -> None:
    file = await dumped(url, tmp_path / "dump")
    database = await open_database(url, now=0)
    await a_creator(database, CREATOR)
    await database.close()

    postgres.tool(*PUT_BACK, str(file), url=url)

    assert site_of(url).known() == frozenset()
    assert await start(url, "two") == 7
    assert site_of(url).read(restore_window.until) == 7


async def test_a_dump_that_is_put_into_another_database_is_recognised(
    url: str, other: str, tmp_path: Path
) -> None:
    file = await dumped(url, tmp_path / "dump")

    postgres.tool(*PUT_BACK, str(file), url=other)

    assert await start(other, "two") == 7
    assert await start(url, "three") is None


async def test_a_copy_by_the_server_itself_is_recognised(url: str) -> None:
    await start(url, "one")
    name = str(conninfo_to_dict(url)["dbname"])
    copy = f"{name}_copy"
    with postgres.asked() as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(name))
        connection.execute(made)
    try:
        assert await start(postgres.url_of(copy), "two") == 7
    finally:
        postgres.drop(copy)


async def test_another_time_line_is_recognised(url: str) -> None:
    await start(url, "one")
    with psycopg.connect(url, autocommit=True) as connection:
        # As a promoted standby, or a recovery to a point in time, would find it.
        changed = connection.execute(
            "UPDATE bridge_owner SET place = regexp_replace(place, '[.]0000', '.0009')"
        )
        assert changed.rowcount == 1

    assert await start(url, "two") == 7


def test_who_leaves_has_it_no_longer_though_the_session_goes_on(url: str) -> None:
    site, owner = site_of(url), SoleOwnership("a token")
    with closing(PostgresServer(url).connect(owner.name("owner"))) as session:
        owner.hold(session, "owner")
        held = site.is_held()
        owner.leave(session)  # the server ends a session some time after it was told to

        assert (held, site.is_held()) == (True, False)


async def test_what_is_said_of_a_database_beside_the_bridge(url: str) -> None:
    site = site_of(url)
    assert not site.exists()
    assert site.holder() is None
    assert site.weak() in (None, "fsync", "full_page_writes")
    assert site.version()[0].isdigit()

    database = await open_database(url, now=0)
    holder = site.holder()
    await database.close()

    assert site.exists()
    assert holder is not None
    assert holder.isdigit()
    assert site.file is None
