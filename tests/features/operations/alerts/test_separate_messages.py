"""Alerts share a message only where their rules have them told alike."""

import pytest

from bot.access.roles import MoneyView
from bot.model.events import Event, MoneyBack
from bot.relay.alerts import AlertChoice
from tests.features.inbox.claims.claims_scenario import NINA, VERA
from tests.features.operations.alerts.alerts_scenario import OTHER, AlertsScenario
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, NOAH

MINUTE = 60_000


def refund(bell: AlertsScenario) -> MoneyBack:
    """A payment goes back."""
    return MoneyBack(CREATOR, EMMA, "refund", 4_000, bell.clock.now())


def heads(posts: list[str]) -> list[str]:
    """The first line of each."""
    return [post.splitlines()[0] for post in posts]


async def test_what_belongs_into_another_channel_goes_there_also_in_a_burst(bell: AlertsScenario) -> None:
    await bell.chooses(MAYA, "creator", AlertChoice("refund", channel=OTHER))

    await bell.comes(bell.tip(100), refund(bell), bell.tip(200))
    await bell.pass_time(6_000)

    assert heads(bell.posts()) == ["2 tips ($3.00)"]
    assert heads(bell.posts(OTHER)) == ["A payment was refunded"]


async def test_somebody_is_notified_of_what_they_are_to_be_also_right_after_something_else(
    bell: AlertsScenario,
) -> None:
    await bell.chooses(MAYA, "creator", AlertChoice("refund", mention=("member", NINA)))

    await bell.comes(bell.tip(100))
    await bell.comes(refund(bell))
    await bell.pass_time(6_000)

    assert heads(bell.posts()) == ["A tip", "A payment was refunded"]
    assert list(bell.calls.values()) == [((NINA,), ())]


@pytest.mark.parametrize("first", ["tip", "refund"])
async def test_quiet_hours_of_one_kind_hold_back_that_kind_alone(bell: AlertsScenario, first: str) -> None:
    begin = bell.clock.now() // MINUTE % 1440
    await bell.put(kind="tip", quiet_from=begin, quiet_to=(begin + 60) % 1440, zone="UTC")
    both: list[Event] = [bell.tip(100), refund(bell)]

    await bell.comes(*(both if first == "tip" else both[::-1]))
    await bell.pass_time(6_000)
    during = bell.posts()
    await bell.pass_time(61 * MINUTE)

    assert heads(during) == ["A payment was refunded"]
    assert heads(bell.posts()) == ["A payment was refunded", "A tip"]


async def test_a_threshold_that_holds_no_longer_is_not_told_along_with_something_else(
    bell: AlertsScenario,
) -> None:
    await bell.sees(VERA, MoneyView.EXACT)
    await bell.chooses(VERA, "mine", AlertChoice("tip", cents=1_234))
    await bell.chooses(VERA, "mine", AlertChoice("follower"))
    await bell.sees(VERA, MoneyView.HIDDEN)

    await bell.comes(bell.follow(NOAH), bell.tip(2_000))
    await bell.pass_time(6_000)

    assert heads(bell.reads(VERA)) == ["New follower"]


async def test_kinds_whose_rules_say_the_same_share_a_message(bell: AlertsScenario) -> None:
    for kind in ("tip", "refund"):
        await bell.chooses(MAYA, "creator", AlertChoice(kind, channel=OTHER, mention=("member", NINA)))
    await bell.chooses(NINA, "mine", AlertChoice("everything"))

    await bell.comes(bell.tip(100), refund(bell), bell.follow(NOAH))
    await bell.pass_time(6_000)

    assert heads(bell.posts(OTHER)) == ["1 refund (-$40.00), 1 tip ($1.00)"]
    assert heads(bell.posts()) == ["New follower"]
    assert heads(bell.reads(NINA)) == ["1 new follower, 1 refund, 1 tip"]


async def test_a_rule_that_changes_while_they_wait_holds_for_its_own_kind(bell: AlertsScenario) -> None:
    begin = bell.clock.now() // MINUTE % 1440
    quiet = {"quiet_from": begin, "quiet_to": (begin + 60) % 1440, "zone": "UTC"}
    for kind in ("tip", "refund", "follower"):
        await bell.put(kind=kind, **quiet)
    await bell.comes(bell.tip(100), refund(bell), bell.follow(NOAH))

    await bell.put(kind="refund", channel=OTHER, **quiet)
    await bell.put(kind="follower", wanted=False)
    await bell.pass_time(61 * MINUTE)

    assert heads(bell.posts()) == ["A tip"]
    assert heads(bell.posts(OTHER)) == ["A payment was refunded"]
