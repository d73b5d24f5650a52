"""What goes wrong with a creator's connection is told by the same rules."""

import pytest

from bot.access.roles import MoneyView
from bot.model.ports import Post
from bot.relay.alerts import AlertChoice
from bot.relay.connection_conditions import ConditionFinding, ConnectionCondition, tell_condition
from tests.features.inbox.claims.claims_scenario import NINA, OTTO
from tests.features.operations.alerts.alerts_scenario import OTHER, AlertsScenario
from tests.features.operations.alerts.test_goals import reached
from tests.relay.relay_scenario import CREATOR

TITLES = {
    ConnectionCondition.SIGN_IN: "@lola must sign in to Fanvue again",
    ConnectionCondition.LIVE_EVENTS: "Live events are silent",
}
BOTH = pytest.mark.parametrize("about", ConnectionCondition)


async def happens(bell: AlertsScenario, about: ConnectionCondition, cause: str = "one") -> None:
    """It is found, twice over, and all that follows at once is done."""
    found = ConditionFinding(
        CREATOR, about, cause, "notice", lambda: Post(title=TITLES[about], body=("More.",)), bell.clock.now()
    )
    for _ in range(2):
        await bell.database.write(lambda tx: tell_condition(tx, bell.effects, found))
    await bell.turn()


@BOTH
async def test_without_a_rule_the_alerts_channel_is_told_once_and_says_why(
    bell: AlertsScenario, about: ConnectionCondition
) -> None:
    await happens(bell, about)

    assert [post.splitlines()[0] for post in bell.posts()] == [TITLES[about]]
    (ref,) = bell.refs()
    assert "Default: shown in the alerts channel" in await bell.why(NINA, ref)
    assert f"Change it with `/settings alerts creator kind:{about}`" in await bell.why(NINA, ref)


@BOTH
async def test_a_channel_and_a_mention_are_a_rules(bell: AlertsScenario, about: ConnectionCondition) -> None:
    await bell.put(kind=about, channel=OTHER, mention="member", mention_id=NINA)

    await happens(bell, about)

    assert bell.posts() == []
    assert [post.splitlines()[0] for post in bell.posts(OTHER)] == [TITLES[about]]
    assert list(bell.calls.values()) == [((NINA,), ())]


@BOTH
async def test_switched_off_it_is_told_nobody(bell: AlertsScenario, about: ConnectionCondition) -> None:
    await bell.put(kind=about, wanted=False)

    await happens(bell, about)

    assert bell.posts() == []


@BOTH
async def test_in_quiet_hours_it_waits_and_each_is_heard_at_their_end(
    bell: AlertsScenario, about: ConnectionCondition
) -> None:
    minute = bell.clock.now() // 60_000 % 1440
    await bell.put(kind=about, quiet_from=(minute - 5) % 1440, quiet_to=(minute + 60) % 1440, zone="UTC")

    await happens(bell, about)
    await happens(bell, about, cause="two")
    quiet = bell.posts()
    await bell.pass_time(61 * 60_000)

    assert quiet == []
    assert [post.splitlines()[0] for post in bell.posts()] == [TITLES[about]] * 2


@BOTH
async def test_whoever_asked_for_it_is_told_privately_as_long_as_they_may(
    bell: AlertsScenario, about: ConnectionCondition
) -> None:
    for member in (NINA, OTTO):
        await bell.sees(member, MoneyView.HIDDEN)
        await bell.chooses(member, "mine", AlertChoice(about))
    bell.gone.add(OTTO)

    await happens(bell, about)

    assert [post.splitlines()[0] for post in bell.reads(NINA)] == [TITLES[about]]
    assert bell.reads(OTTO) == []
    assert len(bell.posts()) == 1


async def test_a_tip_of_the_same_moment_is_a_message_of_its_own(bell: AlertsScenario) -> None:
    await bell.comes(bell.tip(100))
    await happens(bell, ConnectionCondition.SIGN_IN)
    await bell.pass_time(6_000)

    assert sorted(post.splitlines()[0] for post in bell.posts()) == [
        TITLES[ConnectionCondition.SIGN_IN],
        "A tip",
    ]


@pytest.mark.parametrize("quiet", [None, *ConnectionCondition])
async def test_the_quiet_hours_of_another_alert_that_stands_alone_hold_none_up(
    bell: AlertsScenario, quiet: ConnectionCondition | None
) -> None:
    await bell.put(kind=quiet or "goal", quiet_from=0, quiet_to=24 * 60 - 1, zone="UTC")
    loud = (
        ConnectionCondition.LIVE_EVENTS
        if quiet is ConnectionCondition.SIGN_IN
        else ConnectionCondition.SIGN_IN
    )

    if quiet is None:
        await reached(bell)
    else:
        await happens(bell, quiet)
    await happens(bell, loud, cause="two")

    assert [post.splitlines()[0] for post in bell.posts()] == [TITLES[loud]]
