"""Modes: the newest holds for new lines, the strictest since then for old ones."""

import pytest

from storage import modes
from storage.database import Database
from storage.modes import Mode
from tests.storage.make import CREATOR


async def choose(database: Database, *chosen: tuple[int, Mode]) -> None:
    for since, mode in chosen:
        await database.write(lambda tx, mode=mode, since=since: modes.choose(tx, CREATOR, mode, since=since))  # type: ignore[misc]


async def test_nothing_chosen_is_full(database: Database) -> None:
    assert await database.read(lambda tx: modes.now(tx, CREATOR)) is Mode.FULL
    assert await database.read(lambda tx: modes.strictest(tx, CREATOR, since=0)) is Mode.FULL


async def test_the_newest_choice_holds_also_of_two_at_the_same_time(database: Database) -> None:
    await choose(database, (10, Mode.PRIVATE), (20, Mode.FULL), (20, Mode.COVERED))

    assert await database.read(lambda tx: modes.now(tx, CREATOR)) is Mode.COVERED


@pytest.mark.parametrize(
    ("since", "strictest"),
    [
        (5, Mode.PRIVATE),
        (10, Mode.PRIVATE),
        (15, Mode.PRIVATE),
        (20, Mode.COVERED),
        (25, Mode.COVERED),
        (30, Mode.FULL),
        (99, Mode.FULL),
    ],
)
async def test_of_a_time_the_strictest_counts(database: Database, since: int, strictest: Mode) -> None:
    await choose(database, (10, Mode.PRIVATE), (20, Mode.COVERED), (30, Mode.FULL))

    assert await database.read(lambda tx: modes.strictest(tx, CREATOR, since=since)) is strictest


async def test_before_the_first_choice_full_held(database: Database) -> None:
    await choose(database, (10, Mode.COVERED))

    assert await database.read(lambda tx: modes.strictest(tx, CREATOR, since=1)) is Mode.COVERED
