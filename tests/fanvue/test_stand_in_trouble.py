"""The client against the stand-in when things go wrong, and the life of a sign-in."""

import os

import pytest

from bot.engine.clock import SystemClock
from bot.fanvue import oauth
from bot.fanvue.budget import RequestBudget, RequestLane
from bot.fanvue.errors import (
    FanvueError,
    NotContactable,
    ObjectNotFound,
    RequestInvalid,
    RequestNotSent,
    RequestRateLimited,
    RequestUnclear,
    ScopeMissing,
    TokenUnauthorized,
    VersionRetired,
)
from bot.model.errors import DeliveryUnknown
from bot.model.ports import MessageToFan
from bot.sandbox.fanvue import DEFAULT_SCOPES
from bot.sandbox.fanvue.browser import callback_parameters, consent
from bot.sandbox.fanvue.faults import Kind
from bot.sandbox.fanvue.records import UserId
from storage.records import FanId
from tests.fanvue.fanvue_scenario import FanvueScenario


async def test_broken_rules_are_told_apart(evening: FanvueScenario) -> None:
    api = evening.acting()
    nobody = FanId("00000000-0000-4000-8000-000000000000")

    with pytest.raises(RequestInvalid) as long:
        await api.chats.send(evening.fan_id, text="x" * 5001, key="e-1")
    with pytest.raises(RequestInvalid):
        await api.chats.send(evening.fan_id, text="Cheap", price=299, key="e-2")
    with pytest.raises((ObjectNotFound, NotContactable)):
        await api.chats.send(nobody, text="Anyone?", key="e-3")
    evening.fan.block()
    with pytest.raises(NotContactable):
        await api.chats.send(evening.fan_id, text="Still there?", key="e-4")

    assert long.value.reasons
    assert evening.fan.inbox() == []
    evening.server.contract_errors.clear()  # two of these requests break the contract on purpose


async def test_a_dead_token_a_missing_scope_and_a_retired_version(evening: FanvueScenario) -> None:
    world = evening.server.world
    good = evening.fanvue.tokens
    evening.holds("dead")
    with pytest.raises(TokenUnauthorized):
        await evening.acting().me()

    evening.holds("dead", world.grant(evening.account, scopes=("read:self",)).access_token)
    with pytest.raises(ScopeMissing) as missing:
        await evening.acting().chats.send(evening.fan_id, text="Hi", key="e-1")

    evening.fanvue.tokens, evening.fanvue.version = good, "2020-01-01"
    with pytest.raises(FanvueError) as old:
        await evening.acting().me()

    assert "write:chat" in missing.value.scopes
    assert isinstance(old.value, RequestInvalid | VersionRetired)
    assert evening.fan.inbox() == []


@pytest.mark.parametrize(
    ("fault", "expected", "arrived"),
    [
        ("lose_answer", RequestUnclear, 1),
        ("error_after", RequestUnclear, 1),
        ("broken_json", RequestUnclear, 1),
        ("error_before", RequestUnclear, 0),
        ("too_many", RequestRateLimited, 0),
    ],
)
async def test_a_fault_never_sends_twice_and_never_claims_too_much(
    evening: FanvueScenario, fault: Kind, expected: type[FanvueError], arrived: int
) -> None:
    evening.server.faults.add(fault, "POST", "/message")

    with pytest.raises(expected):
        await evening.acting().chats.send(evening.fan_id, text="Once", key="effect-1")

    assert len(evening.fan.inbox()) == arrived


async def test_a_fanvue_that_is_down_is_surely_not_sent(evening: FanvueScenario) -> None:
    await evening.server.refuse()
    with pytest.raises(FanvueError):  # the kept connection is found to be dead
        await evening.acting().me()

    with pytest.raises(RequestNotSent):
        await evening.acting().chats.send(evening.fan_id, text="Once", key="effect-1")

    await evening.server.accept()
    await evening.acting().chats.send(evening.fan_id, text="Once", key="effect-1")
    assert len(evening.fan.inbox()) == 1


async def test_a_lost_answer_is_found_by_reading(evening: FanvueScenario) -> None:
    port, creator = evening.port(), evening.creator
    evening.server.faults.add("lose_answer", "POST", "/message")

    with pytest.raises(DeliveryUnknown):
        await port.send(creator, evening.fan_id, MessageToFan("Once"), key="effect-1")

    found = [
        message for message in await port.sent_since(creator, evening.fan_id, 0) if message.text == "Once"
    ]
    assert [message.from_creator for message in found] == [True]


async def test_the_budget_stops_before_fanvue_does(evening: FanvueScenario) -> None:
    world = evening.server.world
    evening.server.switches.rate_limit = 20
    evening.holds(world.grant(world.add_creator("nova", "Nova")).access_token)  # with a bucket of her own
    evening.fanvue.budget = RequestBudget(clock=SystemClock())
    reports = evening.acting(RequestLane.REPORTS)

    answers = [await reports.me() for _ in range(5)]
    with pytest.raises(RequestRateLimited):
        await reports.me()
    answers += [await evening.acting(RequestLane.REPLY).me() for _ in range(11)]
    with pytest.raises(RequestRateLimited):
        await evening.acting(RequestLane.REPLY).me()

    assert {me.handle for me in answers} == {"nova"}
    assert len(evening.server.ledger.of("request", status=200)) == len(answers)
    assert evening.server.ledger.of("request", status=429) == []


async def test_a_creator_signs_in_and_stays_signed_in(evening: FanvueScenario) -> None:
    client = evening.sign_in()
    verifier = oauth.new_verifier(os.urandom)
    url = client.authorize_url(
        state="a-state-nobody-guesses", challenge=oauth.challenge_of(verifier), scopes=list(DEFAULT_SCOPES)
    )
    returned = callback_parameters(await consent(url, UserId(evening.creator)))

    first = await client.exchange(returned["code"], verifier)
    assert isinstance(first, oauth.OAuthTokens)
    assert first.refresh is not None
    assert isinstance(await client.exchange(returned["code"], verifier), oauth.InvalidGrant)
    second = await client.refresh(first.refresh)
    assert isinstance(second, oauth.OAuthTokens | oauth.InvalidGrant)

    assert returned["state"] == "a-state-nobody-guesses"
    assert set((first.scope or "").split()) == set(DEFAULT_SCOPES)


async def test_a_revoked_sign_in_is_over(evening: FanvueScenario) -> None:
    tokens = evening.server.world.grant(evening.account)
    client = evening.sign_in()

    fresh = await client.refresh(tokens.refresh_token or "")
    assert isinstance(fresh, oauth.OAuthTokens)
    assert (await evening.fanvue.whoami(fresh.access)).uuid == evening.creator
    assert await client.revoke(fresh.refresh or "") == oauth.GrantRevoked()

    assert isinstance(await client.refresh(fresh.refresh or ""), oauth.InvalidGrant)
