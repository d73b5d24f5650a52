"""Days as people write them: what they mean, in any zone, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.periods.days import Days, day_of, midnight
from bot.features.money.periods.range_ends import span_words
from bot.features.money.periods.range_rules import MOST, NAMED, DayRangeNotUnderstood, offered, read_range

BERLIN = ZoneInfo("Europe/Berlin")
# Among them half hours, three quarters, a half hour's clock change, and nights without a midnight.
ZONES = [
    *("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Australia/Lord_Howe", "Asia/Beirut", "Pacific/Chatham"),
]
NOW = int(datetime(2026, 11, 26, 21, tzinfo=BERLIN).timestamp() * 1000)  # a Thursday
LAST = date(2026, 11, 26)
FLOOR = LAST - timedelta(days=MOST - 1)
DAYS = st.dates(FLOOR, LAST)
MOMENTS = st.integers(0, 1056 * 86_400).map(
    lambda seconds: datetime.fromtimestamp(1_704_067_200 + seconds, tz=UTC)
)

MEANS = {
    "today": "26 Nov 2026",
    "Yesterday": "25 Nov 2026",
    "This Week": "23–26 Nov 2026",
    "last week": "16–22 Nov 2026",
    "this month": "1–26 Nov 2026",
    "month": "1–26 Nov 2026",
    "the last month": "1–31 Oct 2026",
    "last year": "1 Jan – 31 Dec 2025",
    "this year": "1 Jan – 26 Nov 2026",
    "7": "20–26 Nov 2026",
    "last 90 days": "29 Aug – 26 Nov 2026",
    "3 weeks": "6–26 Nov 2026",
    "last 9 months": "27 Feb – 26 Nov 2026",
    "1–15 Nov": "1–15 Nov 2026",
    "1 - 15 November": "1–15 Nov 2026",
    "Nov 1-15": "1–15 Nov 2026",
    "Nov 1-15, 2025": "1–15 Nov 2025",
    "1.-15. Nov": "1–15 Nov 2026",
    "1.11.–15.11.": "1–15 Nov 2026",
    "01.11.2025 - 15.11.2025": "1–15 Nov 2025",
    "3 Nov": "3 Nov 2026",
    "the 3rd of November": "3 Nov 2026",
    "3 Dec": "3 Dec 2025",  # this year's lies ahead
    "29 Feb": "29 Feb 2024",
    "2025-11-01..2025-11-15": "1–15 Nov 2025",
    "2025-11-01-2025-11-15": "1–15 Nov 2025",
    "October": "1–31 Oct 2026",
    "Dec": "1–31 Dec 2025",
    "Feb 2024": "1–29 Feb 2024",
    "2025-11": "1–30 Nov 2025",
    "Aug to Oct": "1 Aug – 31 Oct 2026",
    "Nov - Feb": "1–26 Nov 2026",  # the latest that has begun
    "25 Dec - 5 Jan": "25 Dec 2025 – 5 Jan 2026",
    "25 Dec - 5 Jan 2025": "25 Dec 2024 – 5 Jan 2025",
    "25 Dec 2024 until 5 Jan": "25 Dec 2024 – 5 Jan 2025",
    "2025": "1 Jan – 31 Dec 2025",
}


@pytest.mark.parametrize("typed", MEANS)
def test_what_is_written_means_these_days(typed: str) -> None:
    days = read_range(typed, NOW, BERLIN).days

    assert span_words(days.first, days.last) == MEANS[typed]


REFUSED = {
    "01/02": "“01/02” has two meanings. Write “1 Feb” or “2 Jan”.",
    "05/06/2026": "“05/06/2026” has two meanings. Write “5 Jun” or “6 May”.",
    "15/11": "“15/11” has two meanings. Write “15 Nov”.",
    "31/31": "“31/31” has two meanings. Write “3 Nov”.",
    "1-15": "Which month? Write for example “1–15 Nov”.",
    "1 Dec 2026": "1 Dec 2026 is in the future; today is 26 Nov 2026 (Europe/Berlin).",
    "2027": "1 Jan 2027 is in the future; today is 26 Nov 2026 (Europe/Berlin).",
    "2020": "1 Jan – 31 Dec 2020 is too long ago. Figures go back to 27 Nov 2023.",
    "31 Feb": "There is no day “31 Feb” in the calendar.",
    "29 Feb 2025": "There is no day “29 Feb 2025” in the calendar.",
    "5 Nov 2026 - 3 Nov 2026": "3 Nov 2026 is before 5 Nov 2026. Write the earlier day first.",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_cannot_be_told_is_refused_with_the_way_out(typed: str) -> None:
    with pytest.raises(DayRangeNotUnderstood) as refused:
        read_range(typed, NOW, BERLIN)

    assert str(refused.value) == REFUSED[typed]


@pytest.mark.parametrize(
    "typed", ["", "hello", "0 days", "99999 days", "2025-13", "15-1 Nov", "0000", "x" * 99, "nov" * 30]
)
def test_what_means_no_days_is_answered_with_examples(typed: str) -> None:
    with pytest.raises(
        DayRangeNotUnderstood, match=r"We can't read those days. Write for example “today”, .* Europe/Berlin"
    ):
        read_range(typed, NOW, BERLIN)


def test_what_lies_ahead_or_too_far_back_is_left_out_and_said() -> None:
    ahead, old = read_range("1–30 Nov", NOW, BERLIN), read_range("2023", NOW, BERLIN)

    assert (span_words(ahead.days.first, ahead.days.last), ahead.running) == ("1–26 Nov 2026", True)
    assert ahead.notes == ("Up to today: days after 26 Nov 2026 are in the future.",)
    assert (old.days.first, old.running) == (FLOOR, False)
    assert old.notes == ("From 27 Nov 2023 on: figures go back three years.",)


@given(DAYS, DAYS)
def test_what_is_written_of_days_is_read_as_these_days(one: date, other: date) -> None:
    first, last = sorted((one, other))

    found = read_range(span_words(first, last), NOW, BERLIN)

    assert found.days == Days(BERLIN, first, last)
    assert read_range(f"{first}..{last}", NOW, BERLIN) == found


@given(st.text(max_size=70))
def test_nothing_that_is_typed_is_more_than_refused(typed: str) -> None:
    try:
        days = read_range(typed, NOW, BERLIN).days
    except DayRangeNotUnderstood:
        return
    assert FLOOR <= days.first <= days.last <= LAST


@given(
    st.sampled_from(ZONES),
    MOMENTS,
    st.sampled_from(list(NAMED)),
)
def test_a_name_means_days_of_the_zone_that_end_with_its_today_or_before(
    name: str, at: datetime, named: str
) -> None:
    zone, now = ZoneInfo(name), int(at.timestamp() * 1000)

    found = read_range(named, now, zone)

    today = day_of(now, zone)
    assert found.days.first <= found.days.last <= today
    assert found.running == (found.days.since <= now < found.days.until)


@pytest.mark.parametrize("name", ZONES)
def test_days_tile_the_calendar_over_both_clock_changes(name: str) -> None:
    zone = ZoneInfo(name)
    days = [Days(zone, FLOOR + timedelta(days=n), FLOOR + timedelta(days=n)) for n in range(MOST)]

    assert all(one.until == following.since for one, following in pairwise(days))
    lengths = {(one.until - one.since) / 3_600_000 for one in days}
    assert lengths <= {23.0, 23.5, 24.0, 24.5, 25.0}
    changes = name not in {"Asia/Kolkata", "Asia/Kathmandu"}
    assert (len(lengths) == 3) == changes


@given(st.sampled_from(ZONES), DAYS, st.integers(0, 86_399_999))
def test_every_moment_lies_in_the_one_day_that_holds_it(name: str, day: date, after: int) -> None:
    zone = ZoneInfo(name)
    at = midnight(day, zone) + after

    held = day_of(at, zone)

    assert midnight(held, zone) <= at < midnight(held + timedelta(days=1), zone)


@given(st.sampled_from(ZONES), MOMENTS)
def test_weeks_and_months_follow_each_other_without_a_gap(name: str, at: datetime) -> None:
    zone, now = ZoneInfo(name), int(at.timestamp() * 1000)
    pairs = [("last week", "this week"), ("last month", "this month"), ("yesterday", "today")]

    for before, after in pairs:
        assert read_range(before, now, zone).days.until == read_range(after, now, zone).days.since
    assert read_range("this week", now, zone).days.first.weekday() == 0


def test_while_somebody_types_names_are_offered_and_what_it_means() -> None:
    assert offered("", NOW, BERLIN)[:3] == [
        ("Today · 26 Nov 2026 · 1 day", "today"),
        ("Yesterday · 25 Nov 2026 · 1 day", "yesterday"),
        ("This week · 23–26 Nov 2026 · 4 days", "this week"),
    ]
    assert offered("1-15 nov", NOW, BERLIN) == [("1–15 Nov 2026 · 15 days", "1–15 Nov 2026")]
    assert [value for _words, value in offered("mon", NOW, BERLIN)] == ["this month", "last month"]
    assert offered("01/02", NOW, BERLIN) == [(REFUSED["01/02"], "01/02")]
    assert all(len(words) <= 100 for words, _value in offered("nothing that anybody can read", NOW, BERLIN))
