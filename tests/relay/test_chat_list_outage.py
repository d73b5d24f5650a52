"""A list of chats that Fanvue refuses for good is an outage, told once."""

import pytest

from bot.model.errors import DeliveryFailed, DeliveryRefused, TargetGone, TryLater
from tests.relay.sweep_scenario import MINUTE, SweepScenario, sweeping
from tests.relay.test_sweep import spaced
from tests.scenario_fixtures import in_folder

FOR_GOOD = (
    DeliveryRefused("Fanvue did not accept this."),
    TargetGone("Fanvue no longer has this chat or message."),
    TryLater("Fanvue needs the permission read:chat.", paused=True),
)


swept = in_folder(sweeping)


async def refused(world: SweepScenario, failed: DeliveryFailed, times: int) -> None:
    """So many sweeps in a row cannot read the list, on which there is a chat."""
    spaced(world, "a chat")
    for _ in range(times):
        world.fanvue.faults.add("chats", failed)
        await world.sweep()


@pytest.mark.parametrize("failed", FOR_GOOD, ids=lambda failed: type(failed).__name__)
async def test_it_is_told_at_the_second_refusal_and_once_when_it_is_over(
    swept: SweepScenario, failed: DeliveryFailed, caplog: pytest.LogCaptureFixture
) -> None:
    await refused(swept, failed, 1)
    assert swept.alerts() == []
    assert "the list of a creator's chats cannot be read" in caplog.text
    assert "Fanvue refuses the list of chats of 1 creator(s)" in str(await swept.second.outage.degraded())

    await refused(swept, failed, 2)
    [alert] = swept.alerts()
    assert "**new messages of fans may be missing here**. Check Fanvue." in alert
    assert failed.reason in alert

    spaced(swept, "written meanwhile")
    await swept.sweep()
    await swept.pass_time(MINUTE)
    assert swept.alerts()[1:] == [
        "We can read Fanvue's list of chats again: Messages that were missed meanwhile are found now."
    ]
    assert await swept.second.outage.degraded() is None
    assert "written meanwhile" in await swept.lines()


async def test_while_live_events_come_the_alert_says_what_is_still_missing(swept: SweepScenario) -> None:
    await refused(swept, FOR_GOOD[0], 1)
    await swept.happen(swept.wrote("live"))

    await refused(swept, FOR_GOOD[0], 1)

    assert "Live events still arrive: only what they miss is not found." in swept.alerts()[0]


async def test_a_fanvue_that_is_away_is_no_refusal(swept: SweepScenario) -> None:
    await refused(swept, TryLater("Fanvue cannot be reached right now."), 3)

    assert swept.alerts() == []
    assert await swept.second.outage.degraded() is None


async def test_where_no_live_event_ever_came_live_events_are_not_well(swept: SweepScenario) -> None:
    before = await swept.second.silence.degraded()
    await swept.happen(swept.wrote("the first"))

    assert "We never received a live event of 1 creator(s)," in str(before)
    assert await swept.second.silence.degraded() is None
