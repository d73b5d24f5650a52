"""Five failures in a row close the way for a while; one tries for all (R21)."""

import pytest

from bot.engine.circuit_breakers import CircuitBreakers
from bot.engine.retry import RetryWaits
from bot.model.errors import DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from storage.records import CreatorId, Effect, EffectId, EffectState, Stream
from tests.relay.clock_fixtures import SettableClock
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import EMMA, NOAH, RelayScenario

FIRST, LONGEST = RetryWaits().breaker


def effect(creator: str = "mila", network: str = "discord") -> Effect:
    return Effect(
        id=EffectId("e"),
        stream=Stream("s"),
        seq=1,
        network=network,
        kind="post",
        creator=CreatorId(creator),
        fan=None,
        cause="c",
        part="p",
        body=b"",
        state=EffectState.PENDING,
        attempts=0,
        attempt_started=None,
        doubted_at=None,
        not_before=0,
        external_id=None,
        nonce="n",
        reason=None,
        created_at=0,
        settled_at=None,
    )


def opened(clock: SettableClock) -> CircuitBreakers:
    breakers = CircuitBreakers(clock=clock, waits=RetryWaits())
    for _ in range(5):
        breakers.failed(effect())
    return breakers


def test_the_fifth_failure_in_a_row_opens_it_for_this_creator_and_network_only() -> None:
    clock = SettableClock()
    breakers = CircuitBreakers(clock=clock, waits=RetryWaits())

    found = []
    for _ in range(5):
        found.append(breakers.closed_from(effect()))
        breakers.failed(effect())

    assert found == [None] * 5
    assert breakers.closed_from(effect()) == clock.at + FIRST
    assert breakers.closed_from(effect("zoe")) is None
    assert breakers.closed_from(effect(network="fanvue")) is None


def test_a_success_in_between_counts_from_the_start_again() -> None:
    breakers = CircuitBreakers(clock=SettableClock(), waits=RetryWaits())

    for _ in range(4):
        breakers.failed(effect())
    breakers.worked(effect())
    for _ in range(4):
        breakers.failed(effect())

    assert breakers.closed_from(effect()) is None


def test_when_it_is_time_one_tries_and_the_others_wait_for_it() -> None:
    clock = SettableClock()
    breakers = opened(clock)
    clock.at += FIRST

    asked = [breakers.closed_from(effect()) for _ in range(3)]
    breakers.worked(effect())

    assert asked == [None, clock.at + FIRST, clock.at + FIRST]
    assert breakers.closed_from(effect()) is None


@pytest.mark.parametrize("how", ["failed", "waits"])
def test_a_probe_that_fails_closes_the_way_for_longer_up_to_a_bound(how: str) -> None:
    clock = SettableClock()
    breakers = opened(clock)
    closed = []
    for _ in range(8):
        until = breakers.closed_from(effect())
        assert until is not None
        closed.append(until - clock.at)
        clock.at = until
        assert breakers.closed_from(effect()) is None
        getattr(breakers, how)(effect())

    assert closed == [min(FIRST * 2**number, LONGEST) for number in range(8)]


def test_what_was_under_way_when_it_opened_does_not_prolong_it() -> None:
    clock = SettableClock()
    breakers = opened(clock)

    for _ in range(30):
        breakers.failed(effect())

    assert breakers.closed_from(effect()) == clock.at + FIRST


def test_a_probe_whose_end_nobody_tells_is_replaced() -> None:
    clock = SettableClock()
    breakers = opened(clock)
    clock.at += FIRST
    assert breakers.closed_from(effect()) is None

    clock.at += FIRST

    assert breakers.closed_from(effect()) is None


def test_an_answer_about_no_creator_opens_nothing() -> None:
    breakers = CircuitBreakers(clock=SettableClock(), waits=RetryWaits())

    for _ in range(9):
        breakers.failed(effect(""))

    assert breakers.closed_from(effect("")) is None


@pytest.mark.parametrize("error", [DeliveryRefused("No."), DeliveryUnknown("Perhaps.")])
async def test_deliveries_stop_knocking_and_nothing_is_lost(
    world: RelayScenario, error: DeliveryRefused | DeliveryUnknown
) -> None:
    await world.greeted()
    await world.greeted(NOAH)
    world.discord.faults.add("post", *[error] * 5)
    for number in range(5):
        await world.keep(world.wrote(f"line {number}"))
    await world.turn()
    await world.pass_time(60_000 if isinstance(error, DeliveryUnknown) else 0)
    before = world.discord.faults.calls["post"]

    await world.keep(world.wrote("and you?", NOAH))
    await world.turn()
    held = world.discord.faults.calls["post"]
    await world.pass_time(10 * FIRST)

    if isinstance(error, DeliveryRefused):
        assert held == before
    assert (await world.lines(NOAH))[-1] == "and you?"


@pytest.mark.parametrize("error", [TryLater("Not now."), TargetGone("It is gone.")])
async def test_neither_a_pause_nor_a_deleted_target_counts_as_a_failure(
    world: RelayScenario, error: TryLater | TargetGone
) -> None:
    await world.greeted()
    world.discord.faults.add("edit", *[error] * 9)
    breakers = world.deliveries._breakers
    for _ in range(9):
        await world.happen(world.wrote("hello", EMMA))

    assert breakers._breakers == {}


async def test_once_one_came_through_the_others_wait_no_longer(world: RelayScenario) -> None:
    await world.greeted()
    await world.greeted(NOAH)
    world.discord.faults.add("post", *[DeliveryRefused("No.")] * 5)
    for number in range(5):
        await world.happen(world.wrote(f"line {number}"))
    await world.happen(world.wrote("me again"))
    await world.happen(world.wrote("and you?", NOAH))

    await world.pass_time(FIRST)

    assert (await world.lines())[-1] == "me again"
    assert (await world.lines(NOAH))[-1] == "and you?"


async def test_a_send_that_turned_out_to_have_arrived_is_no_failure(world: RelayScenario) -> None:
    await world.greeted()
    breakers = world.deliveries._breakers
    for number in range(6):
        world.fanvue.faults.add("send", LostAnswer())
        await world.reply(f"hi {number}")
        await world.turn()
        await world.pass_time(RetryWaits().settle[-1])

    assert breakers._breakers == {}
    assert world.texts() == [f"hi {number}" for number in range(6)]
    assert world.fanvue.faults.calls["send"] == 6
