"""Two ends of a range of days: from what is typed, and back into words (pure)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.features.money.periods.date_words import short_month
from bot.text.calendar_names import month_named
from bot.text.dates import WrittenDate, day_written, made
from bot.text.moments import day_and_month

_NAME = r"[^\W\d_]+"
_TO = r"(?:-|to|until|bis|al?|hasta)"
_MONTH = re.compile(rf"({_NAME})\.?(?: (\d{{4}}))?")
_MONTH_BY_NUMBER = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_DAYS = re.compile(rf"(\d{{1,2}})\.? ?{_TO} ?(\d{{1,2}}(?:\.| )? ?{_NAME}\.?(?: \d{{4}})?)")
_DAYS_AFTER = re.compile(rf"({_NAME})\.? (\d{{1,2}}) ?- ?(\d{{1,2}})(?: (\d{{4}}))?")
_BETWEEN = re.compile(rf" ?\.\. ?| {_TO} |-")
_MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class RangeEnd:
    """One end: a day, or a whole month, with or without its year."""

    month: int
    day: int | None = None
    year: int | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Its place in a year."""
        return self.month, self.day or 0

    def first(self, year: int) -> date | None:
        """The first of its days in a year; None where the calendar has none."""
        return made(year, self.month, self.day or 1)

    def last(self, year: int) -> date | None:
        """The last of its days in a year, likewise."""
        if self.day is not None:
            return made(year, self.month, self.day)
        after = made(year + self.month // _MONTHS_OF_YEAR, self.month % _MONTHS_OF_YEAR + 1, 1)
        return None if after is None else after - timedelta(days=1)

    def __str__(self) -> str:
        year = "" if self.year is None else f" {self.year}"
        month = date(2000, self.month, 1)
        if self.day is None:
            return f"{short_month(month)}{year}"
        return f"{day_and_month(month).replace('1', str(self.day), 1)}{year}"  # a day that may not exist


Ends = tuple[RangeEnd, RangeEnd]


def ends_of(text: str) -> Ends | None:
    """The range that small letters mean, hyphens for all dashes; None for no days."""
    if _YEAR.fullmatch(text) and int(text):
        return RangeEnd(1, None, int(text)), RangeEnd(_MONTHS_OF_YEAR, None, int(text))
    if (one := _end(text)) is not None:
        return one, one
    if found := _DAYS.fullmatch(text):
        return _days(found[1], _end(found[2]))
    if found := _DAYS_AFTER.fullmatch(text):
        return _days(found[2], _end(f"{found[3]} {found[1]}{f' {found[4]}' if found[4] else ''}"))
    for found in _BETWEEN.finditer(text):
        begin, end = _end(text[: found.start()].strip()), _end(text[found.end() :].strip())
        if begin is not None and end is not None:
            return begin, end
    return None


def _days(first: str, end: RangeEnd | None) -> Ends | None:
    """From a day of the same month; one that is later is the other's month before, which nobody means."""
    if end is None or end.day is None or int(first) > end.day:
        return None
    return RangeEnd(end.month, int(first), end.year), end


def _end(text: str) -> RangeEnd | None:
    if written := day_written(text):
        return _whole(written)
    if found := _MONTH_BY_NUMBER.fullmatch(text):
        return _whole(WrittenDate(1, int(found[2]), int(found[1])), day=None)
    if (found := _MONTH.fullmatch(text)) and (month := month_named(found[1])) is not None:
        year = int(found[2]) if found[2] else None
        return None if year == 0 else RangeEnd(month, None, year)
    return None


def _whole(written: WrittenDate, **other: None) -> RangeEnd | None:
    """None for a month that no year has."""
    if not 1 <= written.month <= _MONTHS_OF_YEAR or written.year == 0:
        return None
    return RangeEnd(written.month, None if "day" in other else written.day, written.year)
