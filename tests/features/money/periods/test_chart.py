"""The picture: bars in the colours that they deserve, whatever the amounts."""

import re
from datetime import date, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.features.money.charts.canvas import BACK, IN
from bot.features.money.periods.chart import described, draw
from bot.features.money.periods.columns import BarPeriod, bars, label
from bot.features.money.periods.currency_sums import EarningsTransaction, sums
from bot.features.money.periods.days import Days
from bot.model.language import speaking

FIRST = date(2026, 10, 1)
UTC = ZoneInfo("UTC")


def of_days(*amounts: int) -> tuple[bytes, str]:
    """A picture of so many days with these amounts, and its words."""
    days = Days(UTC, FIRST, FIRST + timedelta(days=len(amounts) - 1))
    rows = [
        EarningsTransaction(days.since + n * 86_400_000, "tip", gross, gross, order=f"{n}")
        for n, gross in enumerate(amounts)
    ]
    (one,) = sums(rows, days)
    return draw(one, days), described(one, days)


def colours(png: bytes) -> set[str]:
    """Which of the two colours of bars are there."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    counted = picture.getcolors(maxcolors=picture.width * picture.height) or []
    found = {f"#{r:02X}{g:02X}{b:02X}" for _, (r, g, b) in counted}  # type: ignore[misc]  # RGB
    return {IN, BACK} & found


@pytest.mark.parametrize(
    ("amounts", "shown"),
    [
        ((500, 700, 100), {IN}),
        ((500, -700, 100), {IN, BACK}),
        ((-500, -700), {BACK}),
        ((0, 0, 0), set()),
        ((500,), {IN}),
        ((-500,), {BACK}),
    ],
)
def test_what_came_in_and_what_went_back_differ_in_colour(amounts: tuple[int, ...], shown: set[str]) -> None:
    png, _ = of_days(*amounts)

    assert colours(png) == shown


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=31))
def test_any_amounts_can_be_drawn_and_told(amounts: list[int]) -> None:
    png, words = of_days(*amounts)

    assert Image.open(BytesIO(png)).width == 1080
    assert 0 < len(words) <= 1024


def test_the_words_name_every_day() -> None:
    _, words = of_days(1250, 0, -300)

    assert words == (
        "Bar chart of the gross by day, 1 Oct 2026 to 3 Oct 2026, in all $9.50: "
        "1 Oct $12.50, 2 Oct $0.00, 3 Oct -$3.00"
    )


@pytest.mark.parametrize(
    ("days", "by", "bars"),
    [
        (2, "day", 2),
        (45, "day", 45),
        (46, "week", 7),
        (182, "week", 27),
        (183, "month", 7),
        (1096, "month", 36),
    ],
)
def test_many_days_are_merged_into_weeks_or_months(days: int, by: str, bars: int) -> None:
    png, words = of_days(*[100] * days)

    assert f"gross by {by}, " in words
    assert words.count("$") == bars + 1
    assert Image.open(BytesIO(png)).width == 1080


@given(
    st.dates(date(2023, 1, 1), date(2026, 1, 1)), st.lists(st.integers(-500, 900), min_size=1, max_size=1096)
)
def test_bars_lose_nothing_and_begin_with_their_week_or_month(first: date, amounts: list[int]) -> None:
    by_day = {first + timedelta(days=n): gross for n, gross in enumerate(amounts)}

    by, made = bars(by_day)

    assert sum(bar.gross for bar in made) == sum(amounts)
    assert len(made) <= 45
    assert made[0].first == first
    whole = [bar.first for bar in made[1:]]
    assert by is BarPeriod.DAY or all(
        day.day == 1 if by is BarPeriod.MONTH else day.weekday() == 0 for day in whole
    )


def test_a_few_weeks_are_named_by_their_days_and_not_by_weekdays() -> None:
    _, made = bars({FIRST + timedelta(days=n): 1 for n in range(46)})

    assert [label(bar, BarPeriod.WEEK, few=True) for bar in made[:2]] == ["1 Oct", "5 Oct"]


def test_words_that_would_be_too_long_end_with_whole_parts() -> None:
    _, words = of_days(*[-(10**13)] * 45)

    assert len(words) <= 1024
    assert re.search(r"-\$100,000,000,000\.00, and \d+ more$", words)


@pytest.mark.parametrize(("net", "beside"), [(90_000, True), (None, False)])
def test_a_net_that_is_long_stands_below_the_gross(net: int | None, *, beside: bool) -> None:
    days = Days(UTC, FIRST, FIRST + timedelta(days=6))
    rows = [
        EarningsTransaction(days.since, "tip", 117_880, net, order="0"),
        EarningsTransaction(days.since, "tip", 80_916, 80_916, order="1"),
    ]
    (one,) = sums(rows, days)

    with speaking("es"):
        picture = Image.open(BytesIO(draw(one, days))).convert("RGB")

    right = picture.crop((picture.width - 300, 40, picture.width, 110)).getcolors()
    assert (right is None or len(right) > 1) == beside
