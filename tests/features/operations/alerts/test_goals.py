"""A goal that was reached is told by rules, as exactly as its reader sees figures."""

import pytest

from bot.access.roles import MoneyView
from bot.model.news import GoalReached
from bot.relay.alerts import AlertChoice
from tests.features.inbox.claims.claims_scenario import NINA, VERA
from tests.features.operations.alerts.alerts_scenario import AlertsScenario
from tests.relay.relay_scenario import CREATOR, MAYA


async def reached(bell: AlertsScenario, when: str = "November 2026") -> None:
    """As bot.features.money.goals tells it, and everything is done that can be."""
    news = GoalReached(CREATOR, "month", when, 123_456, net=True, at=bell.clock.now())
    cause = f"goal:{CREATOR}:{when}"
    await bell.database.write(lambda tx: bell.rules.deciding.tell(tx, news, cause))
    await bell.turn()


async def test_the_channel_is_told_exactly_with_a_reason_and_twice_is_once(bell: AlertsScenario) -> None:
    await reached(bell)
    await reached(bell)

    (post,) = bell.posts()
    (ref,) = bell.refs()
    assert post.startswith("Goal reached\nThe goal of November 2026: **$1,234.56** net")
    why = await bell.why(VERA, ref)
    assert why.startswith("**Goals reached** of @lola. Default: shown in the alerts channel")
    assert "Change it with `/settings alerts creator kind:goal`." in why


@pytest.mark.parametrize(
    ("money", "line"),
    [
        (MoneyView.EXACT, "The goal of November 2026: **$1,234.56** net"),
        (MoneyView.BANDED, "The goal of November 2026: **$1,000 to $2,500** net"),
        (MoneyView.HIDDEN, "The goal of November 2026"),
    ],
)
async def test_a_member_reads_no_more_than_they_see(
    bell: AlertsScenario, money: MoneyView, line: str
) -> None:
    await bell.sees(VERA, money)
    await bell.chooses(VERA, "mine", AlertChoice("goal"))

    await reached(bell)

    (post,) = bell.reads(VERA)
    assert post.splitlines()[:2] == ["Goal reached", line]


async def test_a_rule_may_end_it_and_quiet_hours_hold_it_back(bell: AlertsScenario) -> None:
    await bell.chooses(MAYA, "creator", AlertChoice("goal", state="off"))
    await bell.put(member=NINA, kind="goal", quiet_from=0, quiet_to=24 * 60 - 1, zone="UTC")

    await reached(bell)
    during = bell.reads(NINA)
    await bell.pass_time(24 * 60 * 60_000)

    assert bell.posts() == []
    assert during == []
    assert len(bell.reads(NINA)) == 1


async def test_no_amount_decides_about_it_and_everything_has_it(bell: AlertsScenario) -> None:
    await bell.sees(VERA, MoneyView.EXACT)
    refused = await bell.chooses(VERA, "mine", AlertChoice("goal", cents=5_000))
    await bell.chooses(VERA, "mine", AlertChoice("everything", cents=500_000))

    await reached(bell)

    assert "Only tips, purchases, refunds, disputes, payouts and top spenders have an amount." in refused
    assert len(bell.reads(VERA)) == 1


async def test_each_has_a_message_of_its_own_that_notifies(bell: AlertsScenario) -> None:
    await reached(bell)
    await bell.pass_time(6_000)
    await reached(bell, "the week from 23 Nov 2026")
    await bell.pass_time(10_000)

    month, week = bell.posts()
    assert month.startswith("Goal reached\nThe goal of November 2026")
    assert week.startswith("Goal reached\nThe goal of the week from 23 Nov 2026")
