"""Another feature has fans put on a list, paced, and is told of the end."""

from pathlib import Path

import pytest

from bot.features.publishing.lists.jobs import ListJobTexts, NewListJob
from bot.sandbox.fanvue.people import StandInFan
from storage.database import Transaction
from storage.publishing import lists
from storage.records import FanId
from tests.features.publishing.lists.lists_scenario import opened

MINUTE = 60_000


def ids(fans: list[StandInFan]) -> list[str]:
    return sorted(fan.uuid for fan in fans)


async def test_it_is_told_once_when_all_are_on_the_list_and_everybody_is(tmp_path: Path) -> None:
    async with opened(tmp_path, size=100) as shop:
        fans = shop.crowd(250)

        job = await shop.begin("For a mass message", fans)
        await shop.driver.pass_time(MINUTE)

        assert [(one.id, one.state) for one in shop.heard] == [(job.id, lists.DONE)]
        assert sorted(shop.on("For a mass message")) == ids(fans)
        assert await shop.counts(job) == {lists.ADDED: 250}
        assert len(shop.asked_at("/members")) == 3


async def test_a_transaction_that_does_not_hold_puts_nobody_on_a_list(tmp_path: Path) -> None:
    async with opened(tmp_path, size=100) as shop:
        fans = shop.crowd(3)

        async def breaks(tx: Transaction) -> None:
            await shop.lists.building.begin(
                tx, NewListJob(shop.evening.creator, ListJobTexts("Never"), [FanId(fan.uuid) for fan in fans])
            )
            raise LookupError

        with pytest.raises(LookupError):
            await shop.database.write(breaks)
        await shop.driver.pass_time(MINUTE)

        assert shop.evening.server.world.lists == {}
        assert shop.heard == []


async def test_it_takes_two_fifths_of_fanvues_limit_at_most_and_leaves_the_rest_to_replies(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, size=1) as shop:
        fans = shop.crowd(200)

        job = await shop.begin("One by one", fans)
        await shop.driver.pass_time(5 * MINUTE)

        asked = shop.asked_at("/members")
        busiest = max(sum(at <= other < at + MINUTE for other in asked) for at in asked)
        assert await shop.counts(job) == {lists.ADDED: 200}
        assert busiest <= 80
        assert asked[-1] - asked[0] >= 2 * MINUTE


async def test_a_list_that_is_stopped_by_fanvue_is_told_of_as_stopped_with_who_waits(tmp_path: Path) -> None:
    async with opened(tmp_path, size=100) as shop:
        shop.evening.server.world.add_list(shop.evening.account, "Taken")
        shop.clock.at += MINUTE  # somebody else made it long ago

        job = await shop.begin("Taken", shop.crowd(3))
        await shop.driver.pass_time(MINUTE)

        assert [(one.id, one.state) for one in shop.heard] == [(job.id, lists.STOPPED)]
        assert shop.heard[0].why == "Fanvue already has a list with this name. Choose another name."
        assert await shop.counts(job) == {lists.WAITING: 3}
        assert shop.on("Taken") == []


async def test_a_list_whose_making_was_unclear_when_it_was_stopped_is_found_when_it_is_resumed(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, size=100) as shop:
        fans, going = shop.crowd(3), shop.lists.building
        shop.evening.server.faults.add("lose_answer", "POST", "/chats/lists/custom$")
        shop.evening.server.faults.add("error_before", "GET", "/chats/lists/custom", count=None)

        job = await shop.begin("Late", fans)
        await shop.driver.turn()
        await shop.database.write(lambda tx: going._going.stop(tx, job.id, "A member stopped it."))
        await shop.driver.pass_time(5 * MINUTE)
        stopped = await shop.counts(job)
        shop.evening.server.faults.clear()

        async def resumed(tx: Transaction) -> None:
            now = await lists.get(tx, job.id)
            assert now is not None
            await going._going.resume(tx, now)

        await shop.database.write(resumed)
        await shop.driver.pass_time(5 * MINUTE)

        assert stopped == {lists.WAITING: 3}
        assert sorted(shop.on("Late")) == ids(fans)
        assert len(shop.evening.server.world.lists) == 1
