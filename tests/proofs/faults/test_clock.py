"""Row F11: a clock that is wrong, or that is put forward and back by law."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.discord.model import StandInChannel
from tests.features.money.periods.periods_scenario import PeriodsScenario
from tests.features.money.periods.periods_scenario import opened as open_bureau

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[PeriodsScenario]:
    async with open_bureau(tmp_path) as there:
        await there.alerts()
        yield there


async def daily(bureau: PeriodsScenario, zone: str, hour: int = 2) -> StandInChannel:
    """A digest each day at this hour of the zone."""
    channel = await bureau.channel("money")
    await bureau.ask("money digest set", channel=channel.id, hour=hour, zone=zone)
    await bureau.start()
    return channel


async def pass_by(bureau: PeriodsScenario, span: int, step: int = 30 * MINUTE, ahead: int = 0) -> None:
    """So much time goes by, with a look every now and then; the clock is so far ahead at each look."""
    for _ in range(span // step):
        bureau.clock.at += step
        bureau.clock.at += ahead
        await bureau.look()
        bureau.clock.at -= ahead


def told(bureau: PeriodsScenario, channel: StandInChannel) -> list[str]:
    """The days that were told, in that order."""
    return [message.text.split(",")[1].strip() for message in bureau.posted(channel)]


@pytest.mark.fault("F11")
@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Berlin", "2026-03-29"),
        ("Europe/Berlin", "2026-10-25"),
        ("Australia/Lord_Howe", "2026-04-05"),  # by half an hour
        ("Australia/Lord_Howe", "2026-10-04"),
        ("America/Havana", "2026-03-08"),  # its midnight does not exist
    ],
)
async def test_where_the_clock_changes_each_local_day_is_told_once(
    bureau: PeriodsScenario, zone: str, change: str
) -> None:
    bureau.at(f"{change} 12:00", zone)
    bureau.clock.at -= 2 * DAY
    channel = await daily(bureau, zone, hour=0 if zone == "America/Havana" else 2)

    await pass_by(bureau, 4 * DAY)

    days = told(bureau, channel)
    assert len(days) == len(set(days)) == 4


@pytest.mark.fault("F11")
@pytest.mark.parametrize("wrong", [-10 * MINUTE, 10 * MINUTE, HOUR, -DAY, DAY, 3 * DAY])
async def test_a_clock_that_was_wrong_for_an_hour_leaves_no_day_out_and_tells_none_twice(
    bureau: PeriodsScenario, wrong: int
) -> None:
    bureau.at("2026-11-20 12:00", "Europe/Berlin")
    channel = await daily(bureau, "Europe/Berlin")
    await pass_by(bureau, 12 * HOUR)

    await pass_by(bureau, HOUR, ahead=wrong)
    await pass_by(bureau, 5 * DAY)

    days = told(bureau, channel)
    assert len(days) == len(set(days))
    assert {f"{day} Nov 2026" for day in range(20, 25)} <= set(days)
