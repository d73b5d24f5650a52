"""The day, week or month of a digest, and when it is due (pure, R22).

A week begins with its Monday. Each is named by its last day, as the creator's zone has it.
"""

from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.features.money.periods.date_words import day_words, month_and_year, weekday
from bot.features.money.periods.days import Days, at_hour, day_of
from bot.model.language import tr
from bot.text.moments import day_and_month
from storage.records import Millis

_DAY = timedelta(days=1)
_WEEK = 7


class DigestPeriod(StrEnum):
    """The period of one digest."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


def due(sort: DigestPeriod, now: Millis, zone: ZoneInfo, hour: int) -> date:
    """The last day of the newest one that should be out at this moment."""
    today = day_of(now, zone)
    return ended(sort, today - _DAY if now >= at_hour(today, hour, zone) else today - 2 * _DAY)


def upcoming(sort: DigestPeriod, now: Millis, zone: ZoneInfo, hour: int) -> Millis:
    """The next one's time."""
    return at_hour(_following(sort, due(sort, now, zone, hour)) + _DAY, hour, zone)


def ended(sort: DigestPeriod, day: date) -> date:
    """The last day of the newest one that is over when this day is."""
    match sort:
        case DigestPeriod.DAILY:
            return day
        case DigestPeriod.WEEKLY:
            return day - (day.weekday() + 1) % _WEEK * _DAY
        case DigestPeriod.MONTHLY:
            return day if (day + _DAY).day == 1 else day.replace(day=1) - _DAY


def days_of(sort: DigestPeriod, last: date, zone: ZoneInfo) -> Days:
    """All its days; `last`: its last one."""
    match sort:
        case DigestPeriod.DAILY:
            first = last
        case DigestPeriod.WEEKLY:
            first = last - (_WEEK - 1) * _DAY
        case DigestPeriod.MONTHLY:
            first = last.replace(day=1)
    return Days(zone, first, last)


def before(days: Days, sort: DigestPeriod) -> dict[str, Days]:
    """The periods to compare, each with its words."""
    earlier = days_of(sort, days.first - _DAY, days.zone)
    if sort is DigestPeriod.DAILY:
        same = days.last - _WEEK * _DAY
        # Translators: {weekday} is such as Friday: the Friday a week earlier.
        named = tr("the {weekday} before", weekday=weekday(same))
        return {tr("the day before"): earlier, named: days_of(sort, same, days.zone)}
    return {tr("the week before") if sort is DigestPeriod.WEEKLY else tr("the month before"): earlier}


def drawn(days: Days, sort: DigestPeriod) -> Days:
    """The days of its chart: a single one would show nothing that changes."""
    return Days(days.zone, days.last - (_WEEK - 1) * _DAY, days.last) if sort is DigestPeriod.DAILY else days


def named(days: Days, sort: DigestPeriod) -> str:
    """Its name for a heading, which begins with a capital where a day or month does not (Spanish)."""
    last = days.last
    match sort:
        case DigestPeriod.DAILY:
            said = f"{weekday(last)}, {day_words(last)}"
        case DigestPeriod.WEEKLY:
            said = tr("Week of {first} to {last}", first=day_and_month(days.first), last=day_words(last))
        case DigestPeriod.MONTHLY:
            said = month_and_year(last)
    return said[:1].upper() + said[1:]


def _following(sort: DigestPeriod, last: date) -> date:
    """The last day of the one after it."""
    match sort:
        case DigestPeriod.DAILY:
            return last + _DAY
        case DigestPeriod.WEEKLY:
            return last + _WEEK * _DAY
        case DigestPeriod.MONTHLY:
            return ended(sort, last + 32 * _DAY)
