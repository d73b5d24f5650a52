"""When a day's, a week's and a month's digest is due, in every zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.digests.period_rules import (
    DigestPeriod,
    before,
    days_of,
    drawn,
    due,
    ended,
    named,
    upcoming,
)
from bot.features.money.periods.days import day_of

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3_600_000
DAY = timedelta(days=1)
ZONES = ["Europe/Berlin", "Asia/Beirut", "America/Havana", "Australia/Lord_Howe", "Pacific/Chatham"]
MOMENTS = st.integers(
    int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2030, 1, 1, tzinfo=UTC).timestamp())
).map(lambda seconds: seconds * 1000)


def at(when: str) -> int:
    return int(datetime.fromisoformat(when).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "hour", "day", "following"),
    [
        ("2026-11-24T08:59+01:00", 9, date(2026, 11, 22), "2026-11-24T09:00+01:00"),
        ("2026-11-24T09:00+01:00", 9, date(2026, 11, 23), "2026-11-25T09:00+01:00"),
        ("2026-11-24T00:00+01:00", 0, date(2026, 11, 23), "2026-11-25T00:00+01:00"),
        ("2026-03-29T01:59+01:00", 2, date(2026, 3, 27), "2026-03-29T03:00+02:00"),
        ("2026-10-25T02:59+02:00", 3, date(2026, 10, 23), "2026-10-25T03:00+01:00"),
        ("2026-10-25T02:30+01:00", 2, date(2026, 10, 24), "2026-10-26T02:00+01:00"),
    ],
)
def test_a_daily_one_is_due_from_its_hour_on(now: str, hour: int, day: date, following: str) -> None:
    assert due(DigestPeriod.DAILY, at(now), BERLIN, hour) == day
    assert upcoming(DigestPeriod.DAILY, at(now), BERLIN, hour) == at(following)


@pytest.mark.parametrize(
    ("sort", "now", "day", "following"),
    [
        (DigestPeriod.WEEKLY, "2026-11-23T08:59+01:00", date(2026, 11, 15), "2026-11-23T09:00+01:00"),
        (DigestPeriod.WEEKLY, "2026-11-23T09:00+01:00", date(2026, 11, 22), "2026-11-30T09:00+01:00"),
        (DigestPeriod.WEEKLY, "2026-11-29T23:59+01:00", date(2026, 11, 22), "2026-11-30T09:00+01:00"),
        (DigestPeriod.MONTHLY, "2026-12-01T08:59+01:00", date(2026, 10, 31), "2026-12-01T09:00+01:00"),
        (DigestPeriod.MONTHLY, "2026-12-01T09:00+01:00", date(2026, 11, 30), "2027-01-01T09:00+01:00"),
        (DigestPeriod.MONTHLY, "2028-02-29T12:00+01:00", date(2028, 1, 31), "2028-03-01T09:00+01:00"),
    ],
)
def test_a_week_is_told_on_monday_and_a_month_on_the_first(
    sort: DigestPeriod, now: str, day: date, following: str
) -> None:
    assert due(sort, at(now), BERLIN, 9) == day
    assert upcoming(sort, at(now), BERLIN, 9) == at(following)


@given(st.sampled_from(list(DigestPeriod)), st.sampled_from(ZONES), MOMENTS, st.integers(0, 23))
def test_the_next_one_is_due_at_its_time_and_not_a_moment_before(
    sort: DigestPeriod, name: str, now: int, hour: int
) -> None:
    zone = ZoneInfo(name)
    newest, then = due(sort, now, zone, hour), upcoming(sort, now, zone, hour)

    assert then > now
    assert due(sort, then - 1, zone, hour) == newest
    following = due(sort, then, zone, hour)
    assert days_of(sort, following, zone).first == newest + DAY
    assert day_of(then, zone) == following + DAY


@given(
    st.sampled_from(list(DigestPeriod)), st.sampled_from(ZONES), st.dates(date(2020, 1, 1), date(2030, 1, 1))
)
def test_days_weeks_and_months_lie_end_to_end(sort: DigestPeriod, name: str, day: date) -> None:
    last = ended(sort, day)
    days = days_of(sort, last, ZoneInfo(name))

    assert last <= day
    assert ended(sort, days.first - DAY) == days.first - DAY
    assert all(one.until <= days.since for one in before(days, sort).values())
    assert len(next(iter(before(days, sort).values())).each()) in {1, 7, 28, 29, 30, 31}
    assert drawn(days, sort).last == days.last


@pytest.mark.parametrize(
    ("sort", "name", "against", "bars"),
    [
        (DigestPeriod.DAILY, "Sunday, 22 Nov 2026", ["the day before", "the Sunday before"], 7),
        (DigestPeriod.WEEKLY, "Week of 16 Nov to 22 Nov 2026", ["the week before"], 7),
        (DigestPeriod.MONTHLY, "October 2026", ["the month before"], 31),
    ],
)
def test_each_has_a_name_what_it_is_held_against_and_a_chart(
    sort: DigestPeriod, name: str, against: list[str], bars: int
) -> None:
    days = days_of(sort, ended(sort, date(2026, 11, 22)), BERLIN)

    assert named(days, sort) == name
    assert list(before(days, sort)) == against
    assert len(drawn(days, sort).each()) == bars
