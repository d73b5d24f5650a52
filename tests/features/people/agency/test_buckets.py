"""Fanvue counts every managed creator by itself, and so does the budget."""

from collections.abc import AsyncIterator

import pytest

from bot.engine.clock import SystemClock
from bot.fanvue.budget import RateBucket, RequestBudget, RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.errors import ObjectNotFound, OperationNotOffered, RequestRateLimited
from bot.fanvue.outcomes import outcome
from bot.fanvue.paging import first_of
from bot.fanvue.patient_api import PatientApi
from bot.fanvue.sweep import FanvueSweep
from bot.fanvue.transport import open_http
from bot.model.acting_account import NEEDS_OWN, CallAccount
from bot.model.errors import DeliveryRefused
from bot.sandbox.fanvue.records import AccountRecord
from storage.records import CreatorId, FanvueMessageId
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere


@pytest.fixture(params=["/v1", ""])
async def evening(request: pytest.FixtureRequest) -> AsyncIterator[FanvueScenario]:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix=request.param) as opened:
        yield opened


@pytest.fixture
def other(evening: FanvueScenario) -> AccountRecord:
    """A second creator; the client is signed in as a member who manages both."""
    world = evening.server.world
    second = world.add_creator("mila", "Mila")
    member = world.add_member("anna", "Anna", [evening.account, second])
    evening.holds(world.grant(member).access_token)
    return second


async def _chats(fanvue: FanvueClient, voice: CallAccount) -> None:
    await first_of(fanvue.speaking(voice, lane=RequestLane.REPLY).chats.list())


async def test_what_is_spent_for_one_managed_creator_is_left_for_the_other_and_for_oneself(
    evening: FanvueScenario, other: AccountRecord
) -> None:
    evening.server.switches.rate_limit = 10
    first, second = (CallAccount(LINK, CreatorId(one.uuid)) for one in (evening.account, other))
    for _ in range(8):  # of ten; two are a reserve that nobody touches
        await _chats(evening.fanvue, first)

    with pytest.raises(RequestRateLimited):
        await _chats(evening.fanvue, first)
    await _chats(evening.fanvue, second)
    await evening.acting().me()

    budget = evening.fanvue.budget
    assert [budget.remaining(RateBucket(LINK, one.uuid)) for one in (evening.account, other)] == [2, 9]
    assert budget.remaining(RateBucket(LINK)) == 9
    refused = [entry for entry in evening.server.ledger.of("request") if entry["status"] == 429]
    assert refused == []  # the budget stopped it before Fanvue had to


async def test_a_patient_reader_waits_for_the_bucket_of_its_creator_alone(
    evening: FanvueScenario, other: AccountRecord
) -> None:
    evening.server.switches.rate_limit = 5
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)
        evening.server.switches.rate_limit = 50
        evening.fanvue.budget = RequestBudget(clock=SystemClock())  # the window is over

    first, second = (CallAccount(LINK, CreatorId(one.uuid)) for one in (evening.account, other))
    reader = PatientApi(evening.fanvue, first, RequestLane.SWEEP, pause)
    await first_of(reader.chats.list())
    await first_of(reader.chats.list())
    calm = PatientApi(evening.fanvue, second, RequestLane.SWEEP, pause)
    await first_of(calm.chats.list())

    assert waits == []
    await first_of(reader.chats.list())
    assert len(waits) == 1


async def test_what_a_manager_is_not_offered_says_what_it_needs(
    evening: FanvueScenario, other: AccountRecord
) -> None:
    api = evening.acting(creator=CreatorId(other.uuid))

    with pytest.raises(OperationNotOffered) as refused:
        await api.chats.delete(evening.fan_id, "message")  # type: ignore[arg-type]

    meant = outcome(refused.value, reading=False)
    assert isinstance(meant, DeliveryRefused)
    assert meant.reason == NEEDS_OWN
    assert "creator's own link" in meant.reason


async def test_a_creator_who_is_managed_no_more_is_told_of(
    evening: FanvueScenario, other: AccountRecord
) -> None:
    doubts: list[CallAccount] = []
    evening.fanvue.on_doubt = doubts.append
    member = next(one for one in evening.server.world.accounts.values() if one.handle == "anna")
    member.manages.discard(other.uuid)
    voice = CallAccount(LINK, CreatorId(other.uuid))

    with pytest.raises(ObjectNotFound):
        await _chats(evening.fanvue, voice)
    await _chats(evening.fanvue, CallAccount(LINK, evening.creator))

    assert doubts == [voice]


async def test_a_managed_creator_is_swept_like_any_other(
    evening: FanvueScenario, other: AccountRecord
) -> None:
    fan = evening.server.world.add_fan("kite", "Paper Kite", other)
    await fan.tip(500)
    sent = await fan.write("hello")
    known = FanvueMessageId(sent.uuid)

    async def identity(creator: CreatorId) -> CallAccount:
        return CallAccount(LINK, creator)

    async def pause(_seconds: float) -> None:
        raise AssertionError("there is enough")

    port, creator = FanvueSweep(evening.fanvue, identity, pause), CreatorId(other.uuid)
    heads = [row async for leaf in port.chats(creator) for row in leaf.rows]
    messages = [row async for leaf in port.messages(creator, heads[0].fan.id) for row in leaf.rows]
    earned = [row async for leaf in port.earnings(creator, since=0) for row in leaf.rows]
    joined = [row async for leaf in port.subscribers(creator) for row in leaf.rows]

    assert [(head.fan.handle, head.last) for head in heads] == [("kite", known)]
    assert [(row.message, row.text) for row in messages[:1]] == [(known, "hello")]
    assert await port.newest(creator, [heads[0].fan.id]) is None
    assert not sent.read  # looking marked nothing
    assert [row.fan.handle for row in joined] == ["kite"]
    assert [(row.source, row.gross) for row in earned] == [("tip", 500)]
