"""A database from elsewhere is recognised; no crash or ordinary start is."""

import shutil
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from storage.database import Database, Transaction
from storage.engine import commands, drafts, inbox, instance, outbox, restore_review, unresolved_effects
from storage.engine.connect import open_database
from storage.engine.epochs import EpochFile, begin_run
from storage.errors import DatabaseUnreachable
from tests.audit_log_fixtures import note_restored
from tests.database_place import with_schema
from tests.storage.record_fixtures import CREATOR, a_creator, command, draft, new_effect, new_fact


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Database]:
    database = await open_database(with_schema(f"sqlite:///{path}"), now=0)
    try:
        yield database
    finally:
        await database.close()


async def start(path: Path, epoch: str) -> int | None:
    async with opened(path) as database:
        return await begin_run(
            database, EpochFile(path), epoch=epoch, canary=b"canary", now=7, note=note_restored
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bridge.sqlite3"


async def test_a_first_start_and_the_starts_after_it_are_no_restore(path: Path) -> None:
    assert [await start(path, epoch) for epoch in ("one", "two", "three")] == [None, None, None]
    async with opened(path) as database:
        assert await database.read(instance.epoch) == "three"
    assert EpochFile(path).known() == {"three"}


async def test_the_file_is_readable_by_its_owner_only(path: Path) -> None:
    await start(path, "one")

    assert stat.S_IMODE((path.parent / "bridge.sqlite3.epoch").stat().st_mode) == 0o600


async def test_an_older_copy_in_the_same_place_is_recognised(path: Path) -> None:
    await start(path, "one")
    old = shutil.copy(path, path.with_name("old"))
    await start(path, "two")
    shutil.copy(old, path)

    assert await start(path, "three") == 7


async def test_a_database_without_its_file_is_recognised(path: Path) -> None:
    await start(path, "one")
    path.with_name("bridge.sqlite3.epoch").unlink()

    assert await start(path, "two") == 7


async def test_it_stays_recognised_until_the_operator_has_spoken(path: Path) -> None:
    await start(path, "one")
    EpochFile(path).write("other")

    assert [await start(path, epoch) for epoch in ("two", "three")] == [7, 7]
    async with opened(path) as database:
        accept = partial(restore_review.accept, now=8)
        assert await database.write(accept)
        assert not await database.write(accept)
    assert await start(path, "four") is None


@pytest.mark.parametrize("died_with", [("one", "two"), ("two", "one"), ("one",)])
async def test_a_start_that_died_on_the_way_is_no_restore(path: Path, died_with: tuple[str, ...]) -> None:
    await start(path, "one")
    EpochFile(path).write(*died_with)

    assert await start(path, "three") is None


async def test_a_first_start_that_died_before_its_commit_is_no_restore(path: Path) -> None:
    EpochFile(path).write("one")

    assert await start(path, "two") is None


async def test_a_file_that_cannot_be_read_or_written_stops_the_start(path: Path) -> None:
    await start(path, "one")
    side = path.with_name("bridge.sqlite3.epoch")
    side.unlink()
    side.mkdir()

    with pytest.raises(DatabaseUnreachable, match="cannot be read"):
        await start(path, "two")
    with pytest.raises(DatabaseUnreachable, match="cannot be written"):
        EpochFile(path).write("two")


async def _waiting(tx: Transaction) -> None:
    await inbox.keep(tx, new_fact())
    await commands.stage(tx, command())
    await drafts.open_draft(tx, draft())
    for number in (1, 2, 3, 4):
        await outbox.add(tx, new_effect(number))
    await outbox.begin(tx, new_effect(2).id, 1)
    await outbox.begin(tx, new_effect(3).id, 1)
    await unresolved_effects.doubt(tx, new_effect(3).id, not_before=1, reason="lost")
    await tx.execute("UPDATE outbox SET state = 'done', settled_at = 1 WHERE id = 'effect-4'")


async def test_whatever_waited_is_parked_with_a_sentence_and_listed(path: Path) -> None:
    await start(path, "one")
    async with opened(path) as database:
        await a_creator(database, CREATOR)
        await database.write(_waiting)
    EpochFile(path).write("other")

    await start(path, "two")

    async with opened(path) as database:
        states = await database.read(lambda tx: tx.all("SELECT state, attention FROM outbox ORDER BY id"))
        found = await database.read(restore_review.differences)
        once = await database.read(
            lambda tx: tx.all("SELECT state FROM commands UNION SELECT state FROM drafts")
        )
        audited = await database.read(lambda tx: tx.all("SELECT action, outcome FROM audit"))
    assert [tuple(row.values()) for row in states] == [("absent", restore_review.PARKED)] * 3 + [
        ("done", None)
    ]
    assert found is not None
    assert [(parked.kind, parked.handle) for parked in found.effects] == [("chat.send", "handle")] * 3
    assert (found.facts, found.links, found.since) == (1, [], 7)
    assert {row["state"] for row in once} == {"cancelled", "expired"}
    assert audited == [{"action": "database.restored", "outcome": "parked 3"}]


async def test_an_ordinary_start_parks_nothing(path: Path) -> None:
    await start(path, "one")
    async with opened(path) as database:
        await a_creator(database, CREATOR)
        await database.write(_waiting)

    await start(path, "two")

    async with opened(path) as database:
        assert await database.read(restore_review.differences) is None
        states = await database.read(lambda tx: tx.all("SELECT state FROM outbox ORDER BY id"))
    assert [row["state"] for row in states] == ["pending", "sending", "unknown", "done"]
