"""A day of the calendar as a person writes it, day first where it is open (pure)."""

import re
from dataclasses import dataclass
from datetime import date

from bot.text.calendar_names import month_named

_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)? ?([^\W\d_]+)\.?(?: (\d{4}))?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})?")


@dataclass(frozen=True)
class WrittenDate:
    """A day as far as it was written; it need not exist."""

    day: int
    month: int
    year: int | None = None

    def within(self, year: int) -> date | None:
        """The day in a year; None where the calendar has none."""
        return made(year, self.month, self.day)


def day_written(text: str) -> WrittenDate | None:
    """The day in small letters without commas: 2026-11-26, 26.11., 26 nov 2026, nov 26th; None: no day."""
    month: int | None
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found[1], int(found[2]), found[3]
    elif found := _DOTTED.fullmatch(text):
        day, month, year = found[1], int(found[2]), found[3]
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found[1], month_named(found[2]), found[3]
    elif found := _MONTH_FIRST.fullmatch(text):
        month, day, year = month_named(found[1]), found[2], found[3]
    else:
        return None
    return None if month is None else WrittenDate(int(day), month, int(year) if year else None)


def made(year: int, month: int, day: int) -> date | None:
    """A day of the calendar; None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
