"""A move to another database: the same rows, one of the two, again after a stop."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from storage.database import Database, Transaction, Work
from storage.engine import (
    audit_log,
    catch_up,
    discord_routes,
    identify_counts,
    inbox,
    instance,
    move_marks,
    outbox,
    rate_limit_buckets,
    restore_review,
    shards,
    task_leases,
)
from storage.engine.connect import open_database, site_of
from storage.engine.database_move import MoveEndpoint, move, reopen
from storage.engine.dialect import COLUMNS
from storage.engine.epochs import begin_run
from storage.engine.signed_database import signed
from storage.errors import DatabaseInUse, DatabaseMoved, MoveFailed
from storage.operations import signed_rows
from tests import postgres
from tests.audit_log_fixtures import CHAIN, note_restored
from tests.database_place import with_schema
from tests.storage import rights_fixtures
from tests.storage.record_fixtures import CREATOR, FAN, a_creator, a_fan, entry, new_effect, new_fact

T = TypeVar("T")
FACTS = 1203  # more than two batches


@pytest.fixture(params=["to postgres", "to sqlite"])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Where from and where to."""
    file = with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3")
    with postgres.emptied() as server:
        yield (file, server) if request.param == "to postgres" else (server, file)


@asynccontextmanager
async def end(url: str) -> AsyncIterator[MoveEndpoint]:
    database = await open_database(url, now=0)
    try:
        site = site_of(url)
        yield MoveEndpoint(database, site.side(database), site.name)
    finally:
        await database.close()


async def start(url: str, epoch: str) -> int | None:
    """A start of the bridge; since when it waits for a word, if it does."""
    async with end(url) as one:
        return await begin_run(
            one.database, one.side, epoch=epoch, canary=b"can\0ary", now=7, note=note_restored
        )


async def lived(url: str) -> None:
    """An installation in which things have happened."""
    await start(url, "one")
    async with end(url) as one:
        await a_creator(one.database, CREATOR)
        await a_fan(one.database, CREATOR, FAN, display_name="Ä % '\\ :x")

        async def much(tx: Transaction) -> None:
            for number in range(FACTS):
                await inbox.keep(tx, new_fact(number, body=bytes([number % 256, 0, 255])))
            await outbox.add(tx, new_effect())
            await signed(rights_fixtures.fill, rights_fixtures.CountingSigner())(tx)
            await audit_log.begin(tx, CHAIN, key=b"sealed", now=0)
            await audit_log.write(tx, CHAIN, entry())

        await one.database.write(much)


class SpoilingDatabase:
    """A database that changes one row behind the back of whoever writes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.read, self.close = database.read, database.close

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        done = await self._database.write(work, urgent=urgent)
        await self._database.write(
            lambda tx: tx.execute("UPDATE inbox SET dup_count = 1 WHERE id = 'fact-700'")
        )
        return done


async def moved_over(urls: tuple[str, str]) -> int:
    async with end(urls[0]) as source, end(urls[1]) as target:
        return await move(source, target, tell=lambda _: None)


async def everything(url: str) -> dict[str, list[list[tuple[str, Any]]]]:
    async with end(url) as one:

        async def work(tx: Transaction) -> dict[str, list[list[tuple[str, Any]]]]:
            names = sorted(
                {row["table"] for row in await tx.all(COLUMNS)} - {"bridge_owner", "migrations", "kept"}
            )
            found = {}
            for name in names:
                rows = await tx.all(f"SELECT * FROM {name}")  # noqa: S608 - names of our own schema
                found[name] = sorted((sorted(dict(row).items()) for row in rows), key=repr)
            return found

        return await one.database.read(work)


async def test_what_only_several_processes_have_hinders_no_move(urls: tuple[str, str]) -> None:
    """Who is there, whose turn it is: each server's own, made anew by whoever needs it."""
    source, target = urls
    await lived(source)
    server = next(url for url in urls if not url.startswith("sqlite"))
    async with end(server) as one:
        for made in (rate_limit_buckets, catch_up, identify_counts, discord_routes, shards, task_leases):
            await one.database.write(made.ensure)

    async with end(source) as here, end(target) as there:
        assert await move(here, there, tell=lambda _line: None) > FACTS


async def test_a_moved_installation_has_the_same_rows_and_goes_on(urls: tuple[str, str]) -> None:
    await lived(urls[0])
    before = await everything(urls[0])

    rows = await moved_over(urls)

    assert rows == sum(len(found) for found in before.values())
    assert await everything(urls[1]) == before
    async with end(urls[1]) as there:  # and each row of rights is as it was signed on the other side
        assert await there.database.read(signed(signed_rows.refused, rights_fixtures.CountingSigner())) == []
    assert await start(urls[1], "two") is None  # an ordinary start, not that of a restored one
    with pytest.raises(DatabaseMoved, match="was moved to"):
        await start(urls[0], "three")


async def test_what_waits_for_a_word_waits_on_the_other_side_too(urls: tuple[str, str]) -> None:
    await lived(urls[0])
    async with end(urls[0]) as source:
        await source.database.write(lambda tx: restore_review.park(tx, now=9))

    await moved_over(urls)

    assert await start(urls[1], "two") == 9


@pytest.mark.parametrize("told", [1, 12, 40, 60])
async def test_a_move_that_stops_half_way_changes_nothing_and_can_be_made_again(
    urls: tuple[str, str], told: int
) -> None:
    await lived(urls[0])
    lines: list[str] = []

    def stop(line: str) -> None:
        lines.append(line)
        if len(lines) == told:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        async with end(urls[0]) as source, end(urls[1]) as target:
            await move(source, target, tell=stop)
    with pytest.raises(DatabaseMoved, match="unfinished copy"):
        await start(urls[1], "two")
    assert await start(urls[0], "two") is None

    await moved_over(urls)
    assert await start(urls[1], "three") is None


async def test_a_move_that_dies_at_its_very_end_starts_neither_and_can_be_made_again(
    urls: tuple[str, str],
) -> None:
    await lived(urls[0])
    await moved_over(urls)
    async with end(urls[1]) as target:
        await target.database.write(move_marks.begin)  # as before the last step

    for url in urls:
        with pytest.raises(DatabaseMoved):
            await start(url, "two")

    await moved_over(urls)
    assert await start(urls[1], "three") is None


async def test_a_copy_that_is_not_the_same_is_found_out(urls: tuple[str, str]) -> None:
    await lived(urls[0])
    async with end(urls[0]) as source, end(urls[1]) as target:
        spoilt = replace(target, database=SpoilingDatabase(target.database))
        with pytest.raises(MoveFailed, match="inbox is not the same"):
            await move(source, spoilt, tell=lambda _: None)
    assert await start(urls[0], "two") is None


async def test_a_target_with_rows_is_refused_and_untouched(urls: tuple[str, str]) -> None:
    await lived(urls[0])
    await start(urls[1], "theirs")

    with pytest.raises(MoveFailed, match="has rows already"):
        await moved_over(urls)

    async with end(urls[1]) as target:
        assert await target.database.read(instance.epoch) == "theirs"
    assert await start(urls[0], "two") is None


async def test_only_what_ran_here_last_is_moved(urls: tuple[str, str]) -> None:
    with pytest.raises(MoveFailed, match="ever started"):
        await moved_over(urls)
    await lived(urls[0])
    async with end(urls[0]) as source:
        await source.database.write(partial(instance.move_on, epoch="from elsewhere"))
        await source.side.note("one")
        if source.name.startswith("postgresql"):
            await source.database.write(lambda tx: tx.execute("UPDATE bridge_owner SET place = 'elsewhere'"))

    with pytest.raises(MoveFailed, match="did not run here last"):
        await moved_over(urls)


async def test_a_database_that_a_bridge_has_is_not_moved(urls: tuple[str, str]) -> None:
    await lived(urls[0])
    for busy in urls:
        async with end(busy):
            with pytest.raises(DatabaseInUse):
                await moved_over(urls)


async def test_a_move_that_is_given_up_is_treated_as_a_restore(urls: tuple[str, str]) -> None:
    await lived(urls[0])
    async with end(urls[0]) as source:
        assert not await reopen(source)
    assert await start(urls[0], "two") is None
    await moved_over(urls)

    async with end(urls[0]) as source:
        assert await reopen(source)

    assert await start(urls[0], "three") == 7
