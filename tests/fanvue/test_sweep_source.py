"""The second source on the stand-in: what it brings, what it marks, how it waits."""

import asyncio

import pytest

from bot.fanvue.sweep import FanvueSweep
from bot.model.acting_account import CallAccount
from bot.model.errors import TryLater
from storage.records import CreatorId
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario


async def _identity(_creator: CreatorId) -> CallAccount:
    return CallAccount(LINK)


async def test_chats_messages_money_and_subscribers_come_in_the_relays_words(evening: FanvueScenario) -> None:
    first = await evening.fan.write("one", media=1)
    await evening.fan.write("two")
    await evening.fan.tip(700)
    port = FanvueSweep(evening.fanvue, _identity, asyncio.sleep)

    (heads,) = [leaf async for leaf in port.chats(evening.creator)]
    (chat,) = [leaf async for leaf in port.messages(evening.creator, evening.fan_id)]
    (money,) = [leaf async for leaf in port.earnings(evening.creator, since=0)]
    (joined,) = [leaf async for leaf in port.subscribers(evening.creator)]

    assert heads.rows[0].fan.id == evening.fan_id
    assert heads.rows[0].last == chat.rows[0].message
    assert [row.text for row in chat.rows[::-1]] == ["one", "two", None]
    assert (str(chat.rows[-1].message), len(chat.rows[-1].media)) == (str(first.uuid), 1)
    assert [(row.source, row.gross) for row in money.rows] == [("tip", 700)]
    assert (joined.rows[0].first is None) == (
        evening.fanvue.addresses.prefix == ""
    )  # v1 alone tells since when
    assert evening.fan.bond.unread == 3  # reading has marked nothing


async def test_the_batch_of_the_unversioned_surface_marks_nothing_and_names_what_is_behind(
    evening: FanvueScenario,
) -> None:
    for number in range(25):
        await evening.fan.write(f"line {number}")
    evening.fanvue.addresses.prefix = ""
    port = FanvueSweep(evening.fanvue, _identity, asyncio.sleep)

    found = await port.newest(evening.creator, [evening.fan_id])

    assert found is not None
    leaf = found[evening.fan_id]
    assert (leaf.rows[0].text, len(leaf.rows), leaf.more) == ("line 24", 20, True)
    assert evening.fan.bond.unread == 25


async def test_on_v1_chats_are_read_by_their_windows_not_in_a_batch(evening: FanvueScenario) -> None:
    evening.fanvue.addresses.prefix = "/v1"
    port = FanvueSweep(evening.fanvue, _identity, asyncio.sleep)

    assert await port.newest(evening.creator, [evening.fan_id]) is None


async def test_it_waits_for_its_turn_in_the_middle_of_a_list_and_says_so_before(
    evening: FanvueScenario,
) -> None:
    await evening.fan.write("hello")
    evening.server.faults.add("too_many", "GET", "/chats$", retry_after=7)
    waited: list[object] = []

    async def pause(seconds: float) -> None:
        waited.append(round(seconds))
        evening.fanvue.budget._buckets.clear()  # the time that it waited for is over

    async def told(creator: CreatorId) -> None:
        waited.append(creator)

    port = FanvueSweep(evening.fanvue, _identity, pause)
    port.on_wait = told

    leaves = [leaf async for leaf in port.chats(evening.creator)]

    assert waited == [evening.creator, 7]
    assert len(leaves[0].rows) == 1


async def test_a_fanvue_that_is_down_ends_in_the_relays_words(evening: FanvueScenario) -> None:
    evening.server.faults.down = True
    port = FanvueSweep(evening.fanvue, _identity, asyncio.sleep)

    with pytest.raises(TryLater):
        _ = [leaf async for leaf in port.chats(evening.creator)]
