"""The whole program: a goal is told once, and subscribers are counted."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOLD = "Goal reached"


# Other tests have other money.
house = own_house(silent=True)


async def asks(house: LiveBridge, command: str, *, by: str | None = None, **values: str) -> str:
    """The owner uses a command; what they alone read."""
    stage = house.stage
    who = stage.owner if by is None else stage.members[by]
    answer: InteractionAnswer = await who.slash(stage.guild, stage.lobby, command, **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer.text


async def test_a_goal_is_told_once_also_over_a_restart_and_a_refund(house: LiveBridge) -> None:
    fan = house.fan("Gia", subscribed=False)
    refused = await asks(house, "money goal set", by="mara", amount="9000", span="month")
    said = await asks(house, "money goal set", amount="9000", span="month", counts="gross")
    before = house.alerts(TOLD)

    tip = await fan.tip(900_000)
    await house.alerted(TOLD)
    await fan.refunded(tip.id)
    await house.restart()
    await fan.tip(950_000)
    await house.alerted("$9,500.00")
    shown = await asks(house, "money goal show")
    rows = house.rows("SELECT 1 FROM goals_told")

    assert "Ask the owner; /team explain shows what your role can do." in refused
    assert "**$9,000.00** gross, this month included" in said
    assert before == []
    assert "of **$9,000.00** gross: reached." in shown
    assert len(house.alerts(TOLD)) == len(rows) == 1


async def changed(house: LiveBridge, times: int) -> None:
    """Return once so many changes of subscriptions are kept."""
    await house.stored(lambda: len(house.rows("SELECT 1 FROM subscription_changes")) == times)


async def test_who_subscribes_renews_and_leaves_is_counted(house: LiveBridge) -> None:
    fan = house.fan("Hal", subscribed=False)
    # One after the other: on a busy machine events overtake each other, and a sweep finds her in between.
    await fan.subscribe()
    await changed(house, 1)
    await fan.cancel()
    await changed(house, 2)
    await fan.renew()
    await changed(house, 3)
    await fan.lapse("payment_failed")
    await changed(house, 4)

    shown = await asks(house, "money subscribers show", period="7")

    assert "**1** new, **1** renewed, **1** ended (1 payment failed)." in shown
    assert "Renewals switched off: **1**" in shown
