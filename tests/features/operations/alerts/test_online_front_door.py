"""The whole program: a fan who has spent much comes online, and is told of once."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.announcements import told_in
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.people import StandInFan
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

KIND = "top-spender-online"
TOLD = "A top spender came online"
NEEDS = "which we haven't received yet"
HEARD = "SELECT 1 FROM inbox WHERE kind = 'creator.fan.presence_changed' AND state = 'done'"


# Nobody has come online yet.
house = own_house()


async def asks(house: LiveBridge, command: str, **values: str) -> str:
    """The owner uses a command; what she alone reads."""
    stage = house.stage
    answer: InteractionAnswer = await stage.owner.slash(stage.guild, stage.lobby, command, **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer.text


async def heard(house: LiveBridge, number: int) -> None:
    """Return once so many events of who is online were decided."""
    await house.stored(lambda: len(house.rows(HEARD)) == number)


def late(house: LiveBridge, fan: StandInFan, number: int, *, ago: timedelta) -> bytes:
    """Fanvue tells, as it is repeated after an outage, that somebody came online then."""
    at = (datetime.now(UTC) - ago).isoformat().replace("+00:00", "Z")
    data = {
        "object": "fan_status",
        "change_type": "presence",
        "state": "online",
        "changed_at": at,
        "fan": {"uuid": fan.uuid, "handle": fan.handle},
        "creator": {"uuid": house.stage.creator.uuid},
    }
    event = {"id": f"late-{number}", "type": "creator.fan.presence_changed", "timestamp": at, "data": data}
    return json.dumps(event).encode()


async def test_only_once_a_rule_asks_and_then_once_a_night(house: LiveBridge) -> None:
    rich, poor, tardy = house.fan("Ria"), house.fan("Pip"), house.fan("Tom")
    await rich.tip(30_000)
    await tardy.tip(40_000)
    await poor.tip(500)
    await house.alerted("$300.00")
    await house.alerted("$400.00")
    await house.alerted("$5.00")
    said = await asks(house, "settings alerts creator", kind=KIND)
    needing = await asks(house, "settings alerts show")

    await poor.come_online()
    await house.post(late(house, tardy, 1, ago=timedelta(minutes=11)))
    await rich.come_online()
    await house.alerted(TOLD)
    await rich.go_offline()
    await rich.come_online()
    await heard(house, 5)
    shown = await asks(house, "settings alerts show")
    await house.restart()
    await rich.come_online()
    await heard(house, 6)

    assert "of those who have spent $250.00 or more" in said
    assert NEEDS in said
    assert NEEDS in needing
    assert NEEDS not in shown
    (told,) = house.alerts(TOLD)
    assert "has spent **$300.00**" in told
    assert f"@{rich.handle}" in told.replace("\\", "")
    assert house.alerts("came online") == [told]


async def test_several_share_a_message_which_is_no_event_of_the_ledgers(house: LiveBridge) -> None:
    people = [house.fan(name) for name in ("Ona", "Una")]
    for number, fan in enumerate(people):
        await fan.tip(31_000 + number * 100)
        await house.alerted(f"$31{number}.00")

    for fan in people:
        await fan.come_online()
    await house.alerted("top spenders online")
    await house.until(lambda: all(any(f"@{fan.handle}" in m for m in online(house)) for fan in people))

    shared = [m for m in house.reports() if "online" in plain(m)]
    assert [told_in(message) for message in shared] == [None] * len(shared)


def online(house: LiveBridge) -> list[str]:
    """What the alerts channel says of who is online."""
    return [words.replace("\\", "") for words in house.alerts("online")]
