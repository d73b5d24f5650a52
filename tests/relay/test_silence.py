"""Live events that stop are told once, and once when they are back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.relay.sweep_scenario import MINUTE, SweepScenario, sweeping
from tests.relay.test_sweep import spaced

MORE = (
    "checking every minute.\nNothing is lost, messages only arrive later. The bridge's operator "
    "should check the webhook."
)


@pytest.fixture
async def swept(tmp_path: Path) -> AsyncIterator[SweepScenario]:
    async with sweeping(tmp_path) as world:
        await world.greeted()
        yield world


async def test_a_silence_in_which_something_happened_is_told_once_and_so_is_its_end(
    swept: SweepScenario,
) -> None:
    since = swept.clock.at
    for _ in range(6):
        spaced(swept, "unheard")
        await swept.pass_time(60 * MINUTE)
    assert swept.alerts() == [
        f"Live events are silent: Live events silent since <t:{since // 1000}:t>, {MORE}"
    ]
    assert "silent" in str(await swept.second.silence.degraded())

    await swept.happen(swept.wrote("heard again"))
    await swept.pass_time(10 * MINUTE)

    assert swept.alerts()[1:] == ["Live events are back: 6 messages recovered."]
    assert await swept.second.silence.degraded() is None
    assert (await swept.lines()).count("unheard") == 6
    rows = await swept.database.read(lambda tx: tx.all("SELECT kind, began, recovered FROM gaps"))
    assert [dict(row) for row in rows] == [{"kind": "silent", "began": since, "recovered": 6}]


async def test_a_night_in_which_nobody_writes_is_no_silence(swept: SweepScenario) -> None:
    await swept.pass_time(2 * 60 * MINUTE)

    assert swept.alerts() == []
    assert await swept.second.silence.degraded() is None


async def test_a_creator_of_whom_much_is_heard_is_looked_at_every_minute_when_nothing_is(
    swept: SweepScenario,
) -> None:
    for number in range(10):
        await swept.happen(swept.wrote(f"line {number}"))
    await swept.pass_time(swept.waits.silence + swept.waits.sweep)
    before = swept.fanvue.faults.calls["chats"]
    await swept.pass_time(10 * MINUTE)

    assert swept.fanvue.faults.calls["chats"] == before + 10
    assert swept.alerts() == []


async def test_what_was_missed_while_the_bridge_was_away_is_no_silence(swept: SweepScenario) -> None:
    await swept.crash()
    swept.clock.at += 60 * MINUTE
    spaced(swept, "while away")
    swept.clock.at += 60 * MINUTE
    swept.build()
    await swept.start()
    await swept.pass_time(60 * MINUTE)

    assert swept.alerts() == []
    assert "while away" in await swept.lines()


async def test_own_sends_that_no_echo_told_are_not_counted_as_recovered(swept: SweepScenario) -> None:
    await swept.reply("one of ours")
    await swept.turn()
    spaced(swept, "theirs")
    await swept.pass_time(30 * MINUTE)
    await swept.happen(swept.wrote("heard again"))
    await swept.pass_time(MINUTE)

    assert swept.alerts()[-1] == "Live events are back: 1 message recovered."
