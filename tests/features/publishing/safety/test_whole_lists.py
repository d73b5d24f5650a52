"""Lists of any size are read to their end, on from where an attempt ended."""
# ruff: noqa: ARG002 - the signatures are the port's; a list that leads in a circle needs less

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.fanvue.paging import Query
from bot.features.publishing.mass_messages.audience import CUSTOM, SMART
from bot.features.publishing.mass_messages.fanvue import FanListPage, FanvueMassMessages
from bot.features.publishing.safety.audience_rules import AudienceList
from bot.features.publishing.safety.exclusion_list_members import ListMembersReader
from bot.model.errors import DeliveryFailed, DeliveryRefused
from storage.records import CreatorId, EffectId, FanId
from tests.features.publishing.mass_messages.mass_messages_scenario import (
    MINUTE,
    MassMessagesScenario,
    opened,
)
from tests.relay.clock_fixtures import SettableClock

MASS = EffectId("mass")
EVERYBODY = AudienceList(SMART, "subscribers", "Subscribers")
MANY, PAGE, PIECE = 5_200, 50, 40
PAGES = MANY // PAGE + 1  # somebody subscribes besides
MEMBERS = "/members|/lists/smart/"


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[MassMessagesScenario]:
    async with opened(tmp_path) as there:
        there.fans(MANY)
        yield there


def lists_of(studio: MassMessagesScenario) -> ListMembersReader:
    """As the bridge reads them."""
    return ListMembersReader(studio.broadcasts.fanvue, studio.clock)


def asked(studio: MassMessagesScenario) -> int:
    """How many pages Fanvue was asked for, answered or not."""
    ledger = studio.evening.server.ledger
    tried = [one for kind in ("request", "fault") for one in ledger.of(kind, method="GET")]
    return len([one for one in tried if "/lists/" in one["path"]])


async def attempt(
    studio: MassMessagesScenario, lists: ListMembersReader, *wanted: AudienceList
) -> tuple[set[FanId], tuple[str, ...]] | str:
    """Who is on them, and what is gone; or why it has to be asked for again."""
    try:
        on, gone = await lists.read(MASS, CreatorId(studio.evening.creator), wanted)
    except DeliveryFailed as failed:
        return failed.reason
    return set().union(*on.values()), gone


async def test_a_long_one_is_read_piece_by_piece_and_no_page_twice(studio: MassMessagesScenario) -> None:
    lists = lists_of(studio)

    said = [await attempt(studio, lists, EVERYBODY) for _ in range(3)]

    assert said[:2] == [
        f"Checking who had too many: {number:,} fans read so far. Not sent yet."
        for number in (PIECE * PAGE, 2 * PIECE * PAGE)
    ]
    assert [len(found) for found in said[2:]] == [2]
    assert len(said[2][0]) == MANY + 1
    assert asked(studio) == PAGES


async def test_after_a_failure_it_goes_on_where_it_was(studio: MassMessagesScenario) -> None:
    lists = lists_of(studio)
    await attempt(studio, lists, EVERYBODY)
    studio.evening.server.faults.add("error_before", "GET", MEMBERS, status=503)

    failed = await attempt(studio, lists, EVERYBODY)
    again = [await attempt(studio, lists, EVERYBODY) for _ in range(2)]

    assert isinstance(failed, str)
    assert len(again[1][0]) == MANY + 1
    assert asked(studio) == PAGES + 1


async def test_what_rested_for_long_is_read_anew(studio: MassMessagesScenario) -> None:
    lists = lists_of(studio)
    await attempt(studio, lists, EVERYBODY)
    studio.clock.at += 11 * MINUTE

    again = [await attempt(studio, lists, EVERYBODY) for _ in range(3)]

    assert len(again[2][0]) == MANY + 1
    assert asked(studio) == PIECE + PAGES


async def test_one_that_goes_away_meanwhile_is_named_and_nobody_is_on_it(
    studio: MassMessagesScenario,
) -> None:
    world = studio.evening.server.world
    fans = [world.fans[key] for key in list(world.fans)]
    made = await studio.custom_list("Long", *fans)
    small = await studio.custom_list("Small", fans[0])
    long, other = AudienceList(CUSTOM, made, "Long"), AudienceList(CUSTOM, small, "Small")
    lists = lists_of(studio)
    await attempt(studio, lists, long, other)
    world.lists = {key: one for key, one in world.lists.items() if one.name != "Long"}

    assert await attempt(studio, lists, long, other) == ({FanId(fans[0].uuid)}, ("Long",))


async def test_one_that_leads_in_a_circle_is_not_read_for_ever() -> None:
    lists = ListMembersReader(CircularFanvueList(), SettableClock())

    with pytest.raises(DeliveryRefused, match="We couldn't read everyone on the list “Subscribers”"):
        await lists.read(MASS, CreatorId("creator"), [EVERYBODY])


class CircularFanvueList(FanvueMassMessages):
    """A Fanvue whose third page leads back to the second one."""

    def __init__(self) -> None:
        """It needs no account."""

    async def members(
        self, creator: CreatorId, kind: str, which: str, *, most: int
    ) -> tuple[frozenset[FanId], bool]:
        raise AssertionError

    async def members_from(
        self, creator: CreatorId, kind: str, which: str, begin: Query | None = None
    ) -> FanListPage:
        page = int(dict(begin)["page"]) if begin else 1
        return FanListPage(frozenset({FanId(str(page))}), whole=True, next=[("page", str(page % 2 + 2))])
