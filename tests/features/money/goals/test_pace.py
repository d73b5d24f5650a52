"""What is missing for each day, and where one would end."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.goals.pace_rules import pace, rounded
from bot.features.money.goals.span_rules import MONTH, SPANS, WEEK, around, before, worded
from bot.features.money.periods.days import Days

UTC = ZoneInfo("UTC")
NOVEMBER = Days(UTC, date(2026, 11, 1), date(2026, 11, 30))
CENTS = st.integers(-(10**9), 10**9)
DATES = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(st.integers(100, 10**9), CENTS, CENTS, st.integers(0, 40))
def test_so_much_a_day_reaches_it_and_a_cent_less_does_not(
    goal: int, came: int, whole: int, over: int
) -> None:
    found = pace(goal, came, whole, NOVEMBER, NOVEMBER.first + timedelta(days=over))

    assert found.days_left == max(30 - over, 0)
    assert found.whole_days == min(over, 30)
    if found.days_left:
        assert found.each * found.days_left >= found.missing
        assert found.each == 0 or (found.each - 1) * found.days_left < found.missing
    assert (found.missing == 0) == (came >= goal)


@given(st.integers(100, 10**9), CENTS, st.integers(1, 10**9), st.integers(1, 29))
def test_an_estimate_is_the_average_of_whole_days_to_two_figures(
    goal: int, came: int, whole: int, over: int
) -> None:
    found = pace(goal, came, whole, NOVEMBER, NOVEMBER.first + timedelta(days=over))

    straight = whole * 30 / over
    assert found.estimate is not None
    assert found.estimate >= came
    if found.estimate != came:
        assert abs(found.estimate - straight) <= max(straight * 0.05, 51)


@pytest.mark.parametrize(("over", "whole"), [(0, 0), (30, 500), (31, 500), (4, 0), (4, -100)])
def test_without_a_whole_day_or_anything_on_one_there_is_no_estimate(over: int, whole: int) -> None:
    assert pace(1000, 200, whole, NOVEMBER, NOVEMBER.first + timedelta(days=over)).estimate is None


@pytest.mark.parametrize(
    ("cents", "told"), [(49, 0), (50, 100), (9_999, 10_000), (343_712, 340_000), (345_000, 350_000)]
)
def test_two_figures_and_no_cents(cents: int, told: int) -> None:
    assert rounded(cents) == told


@given(DATES, st.sampled_from(SPANS))
def test_every_day_is_in_one_span_and_the_one_before_touches_it(day: date, span: str) -> None:
    days = around(span, day, UTC)

    assert days.first <= day <= days.last
    assert around(span, days.first, UTC) == around(span, days.last, UTC) == days
    assert before(span, days).last == days.first - timedelta(days=1)
    assert days.first.weekday() == 0 if span == WEEK else days.first.day == 1


def test_a_span_has_a_name() -> None:
    day = date(2026, 11, 26)

    assert worded(WEEK, around(WEEK, day, UTC)) == "the week from 23 Nov 2026"
    assert worded(MONTH, around(MONTH, day, UTC)) == "November 2026"
