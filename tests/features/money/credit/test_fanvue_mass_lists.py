"""Fanvue's list of mass messages is read to its end, or not at all."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.fanvue.transport import open_http
from bot.features.money.credit.fanvue import FanvueMassMessageHistory
from bot.model.acting_account import CallAccount
from bot.model.errors import TryLater
from bot.sandbox.fanvue.records import MassMessageRecord, MessageId
from storage.records import CreatorId
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere


@pytest.fixture
async def evening() -> AsyncIterator[FanvueScenario]:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="") as opened:
        yield opened


async def _identity(_creator: CreatorId) -> CallAccount:
    return CallAccount(LINK)


def reading(evening: FanvueScenario, **more: Any) -> FanvueMassMessageHistory:
    return FanvueMassMessageHistory(evening.fanvue, _identity, asyncio.sleep, **more)


def send(evening: FanvueScenario, number: int) -> list[MassMessageRecord]:
    """So many were sent, one each minute."""
    world, made = evening.server.world, []
    for place in range(number):
        at = world.now() - timedelta(minutes=place)
        uuid = MessageId(world.new_id())
        words, creator = f"number {place}", evening.account.uuid
        one = MassMessageRecord(uuid, creator, words, [], 500, None, at, None, "SENT", [], published_at=at)
        world.mass_messages[uuid] = one
        made.append(one)
    return made


async def test_every_page_is_read(evening: FanvueScenario) -> None:
    sent = send(evening, 120)

    found = await reading(evening).whole(evening.creator)

    assert found is not None
    assert {one.uuid for one in found} == {one.uuid for one in sent}
    assert {one.price for one in found} == {500}


async def test_a_list_that_is_too_long_is_none_and_one_that_just_ends_is_whole(
    evening: FanvueScenario,
) -> None:
    send(evening, 100)

    whole = await reading(evening, pages=2).whole(evening.creator)
    send(evening, 1)

    assert whole is not None
    assert len(whole) == 100
    assert await reading(evening, pages=2).whole(evening.creator) is None


async def test_a_row_that_cannot_be_read_may_be_the_one(evening: FanvueScenario) -> None:
    send(evening, 2)[1].uuid = ""  # type: ignore[assignment]

    assert await reading(evening).whole(evening.creator) is None
    evening.server.contract_errors.clear()  # it was meant


async def test_what_fanvue_does_not_answer_is_read_later(evening: FanvueScenario) -> None:
    evening.server.faults.down = True

    with pytest.raises(TryLater):
        await reading(evening).whole(evening.creator)
