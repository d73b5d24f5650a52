"""What days are compared with, and which words the difference has."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.periods.bands import BANDED, EXACT
from bot.features.money.periods.change_texts import change
from bot.features.money.periods.currency_sums import EarningsTransaction, sums
from bot.features.money.periods.days import Days, day_of
from bot.features.money.reports.comparison_rules import difference, elapsed, spans
from bot.text.moments import local_time
from tests.features.money.periods.test_ranges import ZONES

BERLIN = ZoneInfo("Europe/Berlin")


def days(first: date, last: date, zone: ZoneInfo = BERLIN) -> Days:
    return Days(zone, first, last)


def at(when: str, zone: ZoneInfo = BERLIN) -> int:
    return int(datetime.fromisoformat(when).replace(tzinfo=zone).timestamp() * 1000)


def test_a_day_stands_against_the_day_before_and_the_same_weekday() -> None:
    friday = date(2026, 11, 20)

    before, week = spans(days(friday, friday), at("2026-11-26T21:00"))

    assert before.name == "the day before (19 Nov 2026)"
    assert week.name == "the same weekday a week before (13 Nov 2026)"
    assert (week.days.first.weekday(), week.until) == (friday.weekday(), week.days.until)


def test_whole_weeks_before_are_the_same_weekdays() -> None:
    (one,) = spans(days(date(2026, 11, 16), date(2026, 11, 22)), at("2026-11-26T21:00"))

    assert one.name == "the 7 days before, the same weekdays (9–15 Nov 2026)"


def test_days_that_are_not_over_stand_against_as_much_of_the_others() -> None:
    so_far, now = days(date(2026, 11, 1), date(2026, 11, 26)), at("2026-11-26T21:07")

    before, weeks = spans(so_far, now)

    assert before.name == "the 26 days before (6–31 Oct 2026)"
    assert weeks.name == "the same weekdays 4 weeks before (4–29 Oct 2026)"
    assert [local_time(one.until, BERLIN).isoformat()[:16] for one in (before, weeks)] == [
        "2026-10-31T21:07",
        "2026-10-29T21:07",
    ]
    assert elapsed(so_far, now) == "21:07"
    assert elapsed(so_far, so_far.until) is None
    assert elapsed(so_far, at("2026-11-20T12:00")) is None  # what was read ends before the last day begins


def test_a_time_that_the_clocks_skip_is_the_moment_after() -> None:
    today = date(2026, 4, 5)  # a Sunday, a week after the clocks were put forward over 02:30

    _, week = spans(days(today, today), at("2026-04-05T02:30"))

    assert local_time(week.until, BERLIN).isoformat() == "2026-03-29T03:30:00+02:00"


@given(
    st.sampled_from(ZONES),
    st.dates(date(2024, 6, 1), date(2026, 11, 26)),
    st.integers(1, 400),
    st.integers(0, 86_399_000),
)
def test_what_is_compared_is_as_long_lies_before_and_its_weekdays_are_the_same(
    name: str, last: date, length: int, after: int
) -> None:
    zone = ZoneInfo(name)
    mine = days(last - timedelta(days=length - 1), last, zone)
    now = mine.until - 86_400_000 + after

    found = spans(mine, now)

    for one in found:
        assert len(one.days.each()) == length
        assert one.days.until <= mine.since
        assert one.days.since <= one.until <= one.days.until
        if elapsed(mine, now) is not None and one.until < one.days.until:
            assert day_of(one.until, zone) == one.days.last
    assert found[0].days.until == mine.since
    assert found[-1].days.first.weekday() == mine.first.weekday()


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (11_200, 10_000, "+12 %"),
        (8_800, 10_000, "-12 %"),
        (10_000, 10_000, "the same"),
        (10_001, 10_000, "about the same"),
        (0, 10_000, "-100 %"),
        (10_000, 0, "new"),
        (0, 0, None),
        (-500, 10_000, None),
        (500, -10_000, None),
        (-500, 0, None),
        (99_999, 10_000, "+900 %"),
        (100_000, 10_000, "10 times as much"),
    ],
)
def test_a_percentage_is_told_only_where_it_says_something(ours: int, theirs: int, words: str | None) -> None:
    assert change(ours, theirs) == words


def one_of(cents: int, currency: str = "USD") -> EarningsTransaction:
    return EarningsTransaction(
        at("2026-11-20T12:00"), "tip", cents, cents, currency, order=f"{cents}{currency}"
    )


def test_currencies_are_compared_each_with_itself_and_ranges_have_no_percentage() -> None:
    day = days(date(2026, 11, 20), date(2026, 11, 20))
    ours = sums([one_of(11_200), one_of(500, "EUR")], day)
    theirs = sums([one_of(10_000), one_of(700, "GBP")], day)

    assert difference(ours, theirs, EXACT) == (
        "**new**; **+12 %** ($100.00 then); **-100 %** (7.00 GBP then)"
    )
    assert difference(ours, theirs, BANDED) == ("10 EUR or less then; $100 to $250 then; 10 GBP or less then")
    assert difference([], [], EXACT) == "$0.00 then"
