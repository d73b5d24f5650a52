"""How far typed messages were heard, however servers were divided before."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.features.inbox.message_replies.listening_marks import ListeningMarks
from bot.model.shards import WHOLE, Shard
from storage.database import Database
from tests.relay.relay_scenario import running

FIRST, SECOND = Shard(0, 2), Shard(1, 2)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with running(tmp_path) as world:
        yield world.database


async def kept(database: Database, marks: dict[Shard, int], name: str = "typed.heard") -> None:
    for shard, until in marks.items():
        await database.write(lambda tx, one=shard, at=until: ListeningMarks(name, lambda: one).keep(tx, at))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("marks", "own", "heard"),
    [
        ({}, WHOLE, 0),
        ({WHOLE: 500}, WHOLE, 500),
        ({FIRST: 300, SECOND: 500}, FIRST, 300),
        ({FIRST: 300, SECOND: 500}, SECOND, 500),
        ({WHOLE: 500}, SECOND, 500),  # divided from now on
        ({FIRST: 300, SECOND: 500}, WHOLE, 300),  # and together again
        ({FIRST: 300}, WHOLE, 0),  # of the other part's servers nobody knows anything
        ({WHOLE: 100, FIRST: 300, SECOND: 500}, WHOLE, 300),  # the mark of long ago
        ({WHOLE: 400, FIRST: 300, SECOND: 500}, FIRST, 400),
        ({FIRST: 300, SECOND: 500}, Shard(2, 3), 300),
    ],
)
async def test_a_session_looks_back_to_what_surely_holds_for_its_servers(
    database: Database, marks: dict[Shard, int], own: Shard, heard: int
) -> None:
    await kept(database, marks)

    assert await database.read(ListeningMarks("typed.heard", lambda: own).heard) == heard


async def test_marks_of_another_bot_are_its_own(database: Database) -> None:
    await kept(database, {FIRST: 300, SECOND: 500, WHOLE: 700}, "typed.heard 72")

    assert await database.read(ListeningMarks("typed.heard", lambda: FIRST).heard) == 0
    assert await database.read(ListeningMarks("typed.heard 72", lambda: FIRST).heard) == 700
