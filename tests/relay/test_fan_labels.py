"""No two fans of one list can be taken for each other."""

from collections.abc import AsyncIterator

import pytest

from bot.relay.fan_labels import choices_of, labels_of
from storage.database import Database
from storage.engine.connect import open_database
from storage.inbox import fans
from storage.records import CreatorId, Fan, FanId
from tests.storage.conftest import url
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR, a_creator

__all__ = ["url"]

EMMA, OTHER = FanId("3b6a-emma"), FanId("77e0-other")
ALIKE = pytest.mark.parametrize(
    ("handle", "name", "alike"),
    [
        ("zoe", "Zoe", False),
        ("zoe", "Emma", True),
        ("zoe", "\u0415mm\u0430", True),
        ("qu1et_0tter", "Zoe", True),
        ("zoe", "Quiet Otter", True),
        ("EMMA", "Zoe", True),
    ],
    ids=["nobody", "name", "letters of the name", "letters of the handle", "name like a handle", "handle"],
)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await open_database(url, now=0)
    for creator in (CREATOR, OTHER_CREATOR):
        await a_creator(opened, creator)
    yield opened
    await opened.close()


def emma(creator: CreatorId = CREATOR) -> Fan:
    return Fan(creator, EMMA, "quiet-otter", "Emma", None, 1000)


async def label(database: Database, *people: Fan, among: tuple[Fan, ...] = ()) -> str:
    """What the first of a list is called in it."""
    found = await database.read(lambda tx: labels_of(tx, people, among=among))
    assert len(found) == len(people)
    return found[people[0].creator, people[0].id]


@ALIKE
async def test_a_fan_of_the_same_creator_counts_who_is_not_in_the_list(
    database: Database, handle: str, name: str, *, alike: bool
) -> None:
    other = Fan(CREATOR, OTHER, handle, name, None, 1000)
    await database.write(lambda tx: fans.learn(tx, other))

    assert await label(database, emma()) == "Emma @quiet\\-otter" + (" · 3b6a" if alike else "")


@ALIKE
async def test_in_the_list_another_creators_fan_counts_and_outside_of_it_not(
    database: Database, handle: str, name: str, *, alike: bool
) -> None:
    other = Fan(OTHER_CREATOR, OTHER, handle, name, None, 1000)
    await database.write(lambda tx: fans.learn(tx, other))

    assert await label(database, emma()) == "Emma @quiet\\-otter"
    assert await label(database, emma(), other) == "Emma @quiet\\-otter" + (" · 3b6a" if alike else "")


@ALIKE
async def test_somebody_counts_of_whom_only_fanvues_list_tells(
    database: Database, handle: str, name: str, *, alike: bool
) -> None:
    other = Fan(CREATOR, OTHER, handle, name, None, 1000)

    shown = await label(database, emma(), among=(other,))

    assert shown == "Emma @quiet\\-otter" + (" · 3b6a" if alike else "")


async def test_one_person_who_is_two_creators_fan_is_nobody_else(database: Database) -> None:
    assert await label(database, emma(), emma(OTHER_CREATOR)) == "Emma @quiet\\-otter"


@pytest.mark.parametrize("named", ["Emma", None])
async def test_who_has_no_handle_always_has_digits(database: Database, named: str | None) -> None:
    nameless = Fan(CREATOR, EMMA, None, named, None, 1000)

    assert await label(database, nameless) == f"{named or 'fan'} · 3b6a"


@ALIKE
async def test_choices_are_plain_and_tell_those_apart_who_look_alike(
    database: Database, handle: str, name: str, *, alike: bool
) -> None:
    people = [emma(), Fan(OTHER_CREATOR, OTHER, handle, name, None, 1000)]

    words = await database.read(lambda tx: choices_of(tx, people, longest=100))

    assert words[0] == "Emma @quiet-otter" + (" · 3b6a" if alike else "")
    assert words[1] == f"{name} @{handle}" + (" · 77e0" if alike else "")
    assert len(set(words)) == 2


async def test_of_a_long_choice_neither_the_handle_nor_the_digits_are_cut_off(database: Database) -> None:
    people = [
        Fan(CREATOR, EMMA, "quiet-otter", "E" * 200, None, 1000),
        Fan(CREATOR, OTHER, "h" * 200, "E" * 200, None, 1000),
    ]

    first, second = await database.read(lambda tx: choices_of(tx, people, longest=100))

    assert first == "E" * 80 + " @quiet-otter · 3b6a"
    assert second.endswith(f" @{'h' * 50} · 77e0")
    assert len(first) == len(second) == 100
