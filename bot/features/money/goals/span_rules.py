"""Weeks and months of a creator's zone, as goals have them (pure)."""

from calendar import monthrange
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.features.money.periods.date_words import day_words, month_and_year
from bot.features.money.periods.days import Days
from bot.model.language import tr

WEEK, MONTH = "week", "month"
SPANS = (WEEK, MONTH)
_DAY = timedelta(days=1)


def around(span: str, day: date, zone: ZoneInfo) -> Days:
    """The week, from Monday on, or the month in which a day lies."""
    if span == WEEK:
        monday = day - day.weekday() * _DAY
        return Days(zone, monday, monday + 6 * _DAY)
    assert span == MONTH, "there is no other span"
    return Days(zone, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def before(span: str, days: Days) -> Days:
    """The week or month before."""
    return around(span, days.first - _DAY, days.zone)


def worded(span: str, days: Days) -> str:
    """Its name: the week from 23 Nov 2026, November 2026."""
    if span == WEEK:
        return tr("the week from {day}", day=day_words(days.first))
    return month_and_year(days.first)
