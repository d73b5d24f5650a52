"""Days as bars of a picture: each its own, or weeks, or months (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.features.money.periods.date_words import short_month_and_year, short_weekday
from bot.text.moments import day_and_month
from storage.records import Cents

WEEK = 7
_MOST_DAYS = 45  # as many bars as a phone shows apart
_MOST_WEEKS = 26


class BarPeriod(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class EarningsBar:
    """Income from a day on, up to the next bar; at either end not all of a week or month is there."""

    first: date
    gross: Cents


def bars(by_day: Mapping[date, Cents]) -> tuple[BarPeriod, Sequence[EarningsBar]]:
    """The bars, oldest first. Weeks begin on Monday."""
    days = len(by_day)
    by = (
        BarPeriod.DAY
        if days <= _MOST_DAYS
        else BarPeriod.WEEK
        if days <= _MOST_WEEKS * WEEK
        else BarPeriod.MONTH
    )
    found: dict[date, list[EarningsBar]] = {}
    for day, gross in by_day.items():
        found.setdefault(_place(day, by), []).append(EarningsBar(day, gross))
    return by, [EarningsBar(held[0].first, sum(one.gross for one in held)) for held in found.values()]


def label(bar: EarningsBar, by: BarPeriod, *, few: bool) -> str:
    """The label below a bar, also its name in words; `few`: a weekday says enough."""
    if by is BarPeriod.MONTH:
        return short_month_and_year(bar.first)
    return short_weekday(bar.first) if few and by is BarPeriod.DAY else day_and_month(bar.first)


def _place(day: date, by: BarPeriod) -> date:
    if by is BarPeriod.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if by is BarPeriod.WEEK else day
