"""Days of a zone in numbers: no gaps, also where the clock changes."""

from zoneinfo import ZoneInfo

import pytest

from bot.features.money.ledger.zone_rules import day_numbered, local_day, number_of, stretches
from bot.features.money.periods.days import day_of, midnight

DAY, HOUR = 86_400_000, 3_600_000
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
)
FIRST, NUMBER = 20_440, 400  # 18 Dec 2025 and 400 days on: both clock changes of each


@pytest.mark.parametrize("name", ZONES)
def test_four_hundred_days_have_no_gap_and_every_moment_its_own_day(name: str) -> None:
    zone = ZoneInfo(name)

    found = stretches(FIRST, FIRST + NUMBER - 1, zone)

    assert found[0].since == midnight(day_numbered(FIRST), zone)
    assert found[-1].until == midnight(day_numbered(FIRST + NUMBER), zone)
    assert [one.until for one in found[:-1]] == [one.since for one in found[1:]]
    for one in found:
        for at in (one.since, one.until - 1, *range(one.since, one.until, HOUR // 2)):
            assert (at + one.ahead) // DAY == number_of(day_of(at, zone)) == local_day(at, zone)


@pytest.mark.parametrize("name", ZONES)
def test_a_single_day_is_as_long_as_it_is(name: str) -> None:
    zone = ZoneInfo(name)

    for day in range(FIRST, FIRST + NUMBER):
        found = stretches(day, day, zone)
        until = midnight(day_numbered(day + 1), zone)
        assert (found[0].since, found[-1].until) == (midnight(day_numbered(day), zone), until)
