"""Modes: the newest holds for new lines, the strictest since then for old ones."""

from functools import partial

import pytest

from storage.database import Database
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from tests.storage.record_fixtures import CREATOR


async def choose(database: Database, *chosen: tuple[int, PrivacyMode]) -> None:
    for since, mode in chosen:
        await database.write(partial(privacy_modes.choose, creator=CREATOR, mode=mode, since=since))


async def test_nothing_chosen_is_full(database: Database) -> None:
    assert await database.read(lambda tx: privacy_modes.now(tx, CREATOR)) is PrivacyMode.FULL
    assert await database.read(lambda tx: privacy_modes.strictest(tx, CREATOR, since=0)) is PrivacyMode.FULL


async def test_the_newest_choice_holds_also_of_two_at_the_same_time(database: Database) -> None:
    await choose(database, (10, PrivacyMode.PRIVATE), (20, PrivacyMode.FULL), (20, PrivacyMode.COVERED))

    assert await database.read(lambda tx: privacy_modes.now(tx, CREATOR)) is PrivacyMode.COVERED


@pytest.mark.parametrize(
    ("since", "strictest"),
    [
        (5, PrivacyMode.PRIVATE),
        (10, PrivacyMode.PRIVATE),
        (15, PrivacyMode.PRIVATE),
        (20, PrivacyMode.COVERED),
        (25, PrivacyMode.COVERED),
        (30, PrivacyMode.FULL),
        (99, PrivacyMode.FULL),
    ],
)
async def test_of_a_time_the_strictest_counts(database: Database, since: int, strictest: PrivacyMode) -> None:
    await choose(database, (10, PrivacyMode.PRIVATE), (20, PrivacyMode.COVERED), (30, PrivacyMode.FULL))

    assert await database.read(lambda tx: privacy_modes.strictest(tx, CREATOR, since=since)) is strictest


async def test_before_the_first_choice_full_held(database: Database) -> None:
    await choose(database, (10, PrivacyMode.COVERED))

    assert (
        await database.read(lambda tx: privacy_modes.strictest(tx, CREATOR, since=1)) is PrivacyMode.COVERED
    )
