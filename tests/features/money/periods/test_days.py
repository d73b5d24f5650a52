"""Days lie end to end, and which zones there are."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.periods.days import Days, day_of, midnight
from bot.text.time_zones import zone_named, zone_names, zone_of, zones_like

BERLIN, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
HOUR = 3_600_000


def at(when: str) -> int:
    moment = datetime.fromisoformat(when)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


@given(
    st.sampled_from(["Europe/Berlin", "Asia/Beirut", "America/Havana", "Australia/Lord_Howe"]),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_days_lie_end_to_end_and_each_holds_its_own_moments(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    days = Days(zone, day, day)
    following = date.fromordinal(day.toordinal() + 1)

    assert days.until == midnight(following, zone)
    assert 23 * HOUR <= days.until - days.since <= 25 * HOUR
    assert (day_of(days.since, zone), day_of(days.until - 1, zone)) == (day, day)
    assert day_of(days.until, zone) == following


def test_zones_are_found_by_city_and_by_continent() -> None:
    assert zones_like("berlin") == ["Europe/Berlin"]
    assert zone_named("Berlin") == "Europe/Berlin"
    assert zone_named("New York") == "America/New_York"
    assert zone_named("louisville") is None  # there are two
    assert zones_like("new y")[0] == "America/New_York"
    assert zones_like("europe/b")[:2] == ["Europe/Belfast", "Europe/Belgrade"]
    assert len(zones_like("")) == 25
    assert zones_like("no such city") == []


def test_every_zone_that_is_offered_can_be_chosen() -> None:
    assert [zone_named(name) for name in zone_names()] == list(zone_names())
    assert zone_named("EUROPE/berlin ") == "Europe/Berlin"
    assert zone_named("Atlantis") is None


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "Europe"])
def test_a_zone_that_this_machine_does_not_know_is_utc(name: str) -> None:
    assert zone_of(name) == UTC_ZONE
