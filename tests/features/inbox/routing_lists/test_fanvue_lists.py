"""What Fanvue says of a creator's lists, on both surfaces, and what it costs."""

from collections.abc import AsyncIterator

import pytest

from bot.fanvue.transport import open_http
from bot.features.inbox.routing_lists.fanvue import FanvueRoutingLists
from bot.features.inbox.routing_lists.model import SMART
from bot.model.acting_account import CallAccount
from bot.model.errors import TargetGone, TryLater
from storage.records import CreatorId
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere


@pytest.fixture(params=["/v1", ""], ids=["v1", "unversioned"])
async def evening(request: pytest.FixtureRequest) -> AsyncIterator[FanvueScenario]:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix=request.param) as opened:
        yield opened


def there(evening: FanvueScenario) -> FanvueRoutingLists:
    async def identity(_creator: CreatorId) -> CallAccount:
        return CallAccount(LINK, None)

    async def pause(_seconds: float) -> None:
        raise AssertionError("nothing is to wait")

    return FanvueRoutingLists(evening.fanvue, identity, pause)


def asked(evening: FanvueScenario) -> int:
    return len(evening.server.ledger.of("request"))


async def test_the_creators_own_lists_come_first_and_then_fanvues(evening: FanvueScenario) -> None:
    made = evening.server.world.add_list(evening.account, "Big spenders", [evening.fan])

    for waited_for in (True, False):
        found = await there(evening).all(evening.creator, waited_for=waited_for)

        assert (found[0].key, found[0].name) == (str(made.uuid), "Big spenders")
        assert f"{SMART}expired_subscribers" in [one.key for one in found]


async def test_who_is_on_a_list_of_either_kind(evening: FanvueScenario) -> None:
    world = evening.server.world
    made = world.add_list(evening.account, "Big spenders", [evening.fan])

    own = await there(evening).fans(evening.creator, str(made.uuid))
    smart = await there(evening).fans(evening.creator, f"{SMART}subscribers")

    assert (set(own.fans), own.is_whole) == ({evening.fan_id}, True)
    assert evening.fan_id in smart.fans


async def test_a_list_costs_one_request_for_fifty_fans(evening: FanvueScenario) -> None:
    world = evening.server.world
    crowd = world.add_crowd(evening.account, 130, "crowd", subscribed=True)
    made = world.add_list(evening.account, "Crowd", crowd)
    before = asked(evening)

    whole = await there(evening).fans(evening.creator, str(made.uuid))

    assert asked(evening) - before == 3
    assert (len(whole.fans), whole.is_whole) == (130, True)


async def test_a_list_that_is_not_there_is_gone_and_a_silent_fanvue_is_asked_later(
    evening: FanvueScenario,
) -> None:
    with pytest.raises(TargetGone):
        await there(evening).fans(evening.creator, "00000000-0000-4000-8000-000000000000")
    evening.server.faults.add("error_before", "GET", r".*/lists/.*", status=503, count=None)

    with pytest.raises(TryLater):
        await there(evening).all(evening.creator, waited_for=True)
    with pytest.raises(TryLater):
        await there(evening).fans(evening.creator, f"{SMART}subscribers")
