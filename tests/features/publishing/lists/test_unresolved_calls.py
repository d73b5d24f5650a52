"""A call whose end nobody saw: made again, and told of by the list's size."""

from pathlib import Path

import pytest

from bot.sandbox.fanvue.faults import Kind
from bot.sandbox.fanvue.people import StandInFan
from storage.publishing import lists
from tests.features.publishing.lists.lists_scenario import ListsScenario, opened

LONG = 5_300  # more than are ever read
MINUTE = 60_000
ADDS = "/members$"


def in_the_call(shop: ListsScenario, number: int, fault: Kind) -> None:
    """Have so many additions go well but the last of them."""
    shop.evening.server.faults.add("delay", "POST", ADDS, count=number - 1)
    shop.evening.server.faults.add(fault, "POST", ADDS)


def pages_read(shop: ListsScenario) -> int:
    """How often Fanvue was asked who is on a list."""
    asked = shop.evening.server.ledger.of("request", method="GET")
    return sum("/lists/custom/" in one["path"] for one in asked)


def strangers(shop: ListsScenario, fans: list[StandInFan], *which: int) -> None:
    """These are nobody to Fanvue any more: it skips them without a word."""
    for number in which:
        del shop.evening.server.world.bonds[(shop.evening.account.uuid, fans[number].uuid)]


@pytest.mark.parametrize("fault", ["lose_answer", "error_after", "error_before", "execute_late"])
async def test_whoever_was_being_put_on_a_long_list_is_on_it_once_without_reading_it(
    tmp_path: Path, fault: Kind
) -> None:
    async with opened(tmp_path, size=1000) as shop:
        fans = shop.crowd(LONG)
        in_the_call(shop, 6, fault)

        job = await shop.begin("Long", fans)
        await shop.driver.pass_time(10 * MINUTE)

        assert await shop.counts(job) == {lists.ADDED: LONG}
        assert sorted(shop.on("Long")) == sorted(fan.uuid for fan in fans)
        assert pages_read(shop) == 0
        assert len(shop.asked_at("/members")) <= 7


async def test_onto_a_long_list_that_was_there_nobody_is_uncertain_after_a_lost_answer(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, size=50) as shop:
        everybody = shop.crowd(LONG)
        old, fans = everybody[150:], everybody[:150]
        shop.evening.server.world.add_list(shop.evening.account, "Old", old)
        in_the_call(shop, 2, "lose_answer")

        job = await shop.onto("Old", fans)
        await shop.driver.pass_time(10 * MINUTE)

        assert await shop.counts(job) == {lists.ADDED: 150}
        assert sorted(shop.on("Old")) == sorted(fan.uuid for fan in everybody)
        assert pages_read(shop) == 0


async def test_who_is_skipped_by_fanvue_on_a_short_list_is_named_after_a_lost_answer_too(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, size=50) as shop:
        fans = shop.crowd(150)
        strangers(shop, fans, 60)
        in_the_call(shop, 2, "lose_answer")

        job = await shop.begin("Short", fans)
        await shop.driver.pass_time(10 * MINUTE)

        assert await shop.counts(job) == {lists.ADDED: 149, lists.REFUSED: 1}
        assert fans[60].uuid not in shop.on("Short")


async def test_whom_fanvue_skips_on_a_long_list_is_looked_for_among_its_first_pages_alone(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, size=1000) as shop:
        fans = shop.crowd(LONG)
        strangers(shop, fans, 5_100)
        in_the_call(shop, 6, "lose_answer")

        job = await shop.begin("Long", fans)
        await shop.driver.pass_time(10 * MINUTE)

        counts = await shop.counts(job)
        assert counts[lists.ADDED] + counts.get(lists.UNSURE, 0) + counts.get(lists.REFUSED, 0) == LONG
        assert len(shop.on("Long")) == LONG - 1
        assert counts.get(lists.REFUSED, 0) <= 1
        assert pages_read(shop) <= 6


async def test_without_a_number_of_members_a_list_is_read_as_far_as_it_is_short(tmp_path: Path) -> None:
    async with opened(tmp_path, size=50) as shop:
        fans = shop.crowd(150)
        shop.evening.server.switches.list_sizes = False
        in_the_call(shop, 2, "lose_answer")

        job = await shop.begin("Uncounted", fans)
        await shop.driver.pass_time(10 * MINUTE)

        assert await shop.counts(job) == {lists.ADDED: 150}
        assert sorted(shop.on("Uncounted")) == sorted(fan.uuid for fan in fans)
