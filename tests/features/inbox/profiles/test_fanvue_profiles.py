"""What Fanvue says of one fan, on both surfaces, and what it costs."""

from collections.abc import AsyncIterator

import pytest

from bot.access.roles import MoneyView
from bot.fanvue.transport import open_http
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.profiles.fanvue import LISTS, FanListMemberships, FanvueFanProfile, FanvueProfiles
from bot.features.inbox.profiles.feature import make_profiles
from bot.features.inbox.profiles.figure_texts import ProfileFigureTexts
from bot.features.money.periods.bands import shown_to
from bot.features.money.periods.texts import source_of
from bot.model.acting_account import NEEDS_OWN, CallAccount
from bot.model.errors import DeliveryFailed, DeliveryRefused, TargetGone, TryLater
from storage.database import Transaction
from storage.records import CreatorId, Fan, FanId
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere
from tests.features.inbox.claims.claims_scenario import ClaimsScenario
from tests.relay.relay_scenario import EMMA, whole


@pytest.fixture(params=["/v1", ""], ids=["v1", "unversioned"])
async def evening(request: pytest.FixtureRequest) -> AsyncIterator[FanvueScenario]:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix=request.param) as opened:
        yield opened


def there(evening: FanvueScenario, *, managed: bool = False) -> FanvueProfiles:
    async def identity(creator: CreatorId) -> CallAccount:
        return CallAccount(LINK, creator if managed else None)

    return FanvueProfiles(evening.fanvue, identity)


def record(evening: FanvueScenario) -> Fan:
    fan = evening.fan
    return Fan(evening.creator, FanId(fan.uuid), fan.handle, fan.display_name, None, 0)


def asked(evening: FanvueScenario) -> int:
    return len(evening.server.ledger.of("request"))


async def test_status_terms_and_sums_come_with_one_request(evening: FanvueScenario) -> None:
    await evening.fan.tip(500)
    before = asked(evening)

    found = await there(evening).of(evening.creator, evening.fan_id)

    assert asked(evening) == before + 1
    assert found.status == "subscriber"
    assert found.terms.renews is True
    assert found.terms.since is not None
    assert found.paid is not None
    assert (found.paid.total, found.paid.sources) == (500, (("tip", 500),))
    assert found.paid.last is not None


async def test_whoever_manages_a_creator_is_not_told_by_fanvue(evening: FanvueScenario) -> None:
    member = evening.server.world.add_member("anna", "Anna", [evening.account])
    evening.holds(evening.server.world.grant(member).access_token)

    with pytest.raises(DeliveryRefused) as refused:
        await there(evening, managed=True).of(evening.creator, evening.fan_id)

    assert refused.value.reason == NEEDS_OWN


async def test_lists_are_looked_through_one_request_each_and_no_more_than_some(
    evening: FanvueScenario,
) -> None:
    world = evening.server.world
    for number in range(LISTS + 3):
        world.add_list(evening.account, f"List {number}", [evening.fan] if number % 2 else [])
    before = asked(evening)

    found = await there(evening).lists(evening.creator, record(evening))

    assert asked(evening) == before + 1 + LISTS
    assert (found.looked, found.more, found.unsure) == (LISTS, True, ())
    # Which three are left out depends on their order, which is Fanvue's: they may all have her, or none.
    hers = {f"List {number}" for number in range(1, LISTS + 3, 2)}
    assert set(found.names) <= hers
    assert len(hers) - 3 <= len(found.names) == len(set(found.names))


async def test_where_too_many_look_alike_it_is_not_sure(evening: FanvueScenario) -> None:
    world, handle = evening.server.world, evening.fan.handle
    alike = [world.add_fan(f"{handle}-{number}", "Fan", evening.account) for number in range(51)]
    for fan in alike:
        await fan.write("hi")
    world.add_list(evening.account, "Crowd", alike)

    found = await there(evening).lists(evening.creator, record(evening))

    assert (found.names, found.unsure) == ((), ("Crowd",))


class FailingFanvue:
    """A Fanvue that answers with one error."""

    def __init__(self, error: DeliveryFailed) -> None:
        self._error = error

    async def of(self, _creator: CreatorId, _fan: FanId) -> FanvueFanProfile:
        raise self._error

    async def lists(self, _creator: CreatorId, _fan: Fan) -> FanListMemberships:
        raise self._error


WHY: dict[str, tuple[DeliveryFailed, str]] = {
    "busy": (
        TryLater("Fanvue asks us to wait; this waits its turn."),
        "We couldn't ask Fanvue just now.",
    ),
    "a permission is missing": (
        TryLater("Fanvue needs the permission x.", paused=True),
        "needs the permission",
    ),
    "only the creator may": (DeliveryRefused(NEEDS_OWN), "people who manage a creator"),
    "gone": (TargetGone("No such chat."), "Fanvue no longer shows anything about this fan."),
}


@pytest.mark.parametrize(("error", "why"), WHY.values(), ids=WHY)
async def test_why_fanvue_does_not_tell_is_said_and_nothing_else_fails(
    room: ClaimsScenario, error: DeliveryFailed, why: str
) -> None:
    words = ProfileFigureTexts(shown_to, source_of)
    kept: list[str | None] = []

    async def told(_tx: Transaction, _creator: CreatorId, _fan: FanId, word: str | None) -> None:
        kept.append(word)

    profiles = make_profiles(room.ground(), FailingFanvue(error), NotesFeature(room.ground()), words, told)

    shown = await profiles.of(await room.thread(EMMA), MoneyView.EXACT)
    lists = await profiles.lists(await room.thread(EMMA))

    assert why in whole(shown.post)
    assert "Fanvue has reported no payment by this fan yet." in whole(shown.post)
    assert why in whole(lists)
    assert kept == []
