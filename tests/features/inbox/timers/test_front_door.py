"""The whole program: set by a lead, one ping that notifies, gone with the answer."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


# A minute of the timers lasts three seconds.
house = own_house(silent=True)


async def timers(house: LiveBridge, *, by: str = "", **values: object) -> InteractionAnswer:
    """The owner, or a member, uses /inbox timers."""
    stage = house.stage
    person = stage.members[by] if by else stage.owner
    answer = await person.slash(stage.guild, stage.lobby, "inbox timers", **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


def pings(house: LiveBridge, handle: str) -> list[str]:
    """What the alerts channel calls somebody for, about this fan."""
    said = map(plain, house.reports())
    return [words for words in said if "and has no answer" in words and handle in words]


async def test_a_waiting_fan_is_told_with_one_ping_that_goes_with_the_answer(house: LiveBridge) -> None:
    refused = await timers(house, by="mara", first=1)
    said = await timers(house, first=1)
    fan = house.fan("Ada")
    thread = await house.greeted(fan)
    await house.until(lambda: len(pings(house, fan.handle)) == 1)
    notified = house.stage.discord.ledger.of("ping")
    await house.also_reply(thread, by="mara", text="hello Ada")
    await house.until(lambda: pings(house, fan.handle) == [])
    off = await timers(house, first=0)

    assert "Ask the owner; /team explain shows what your role can do." in refused.text
    assert "has waited 1 minute" in said.text
    assert off.text.startswith("Nobody is pinged")
    alerts = {message.channel_id for message in house.reports()}
    assert [entry.data["channel_id"] in alerts for entry in notified] == [True]
    mara = house.stage.members["mara"].user.id
    assert [mara in entry.data["people"] for entry in notified] == [True]
    (line,) = house.rows("SELECT * FROM outbox WHERE kind = 'ping.post' AND fan_uuid = ?", fan.uuid)
    assert line["state"] == "done"
