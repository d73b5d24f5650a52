"""Days as a person writes them: “1–15 Nov”, “last week”, or why not (pure).

Only what means exactly one range is taken, and what was understood is shown back. Weeks begin on Monday.
Without a year the latest one is meant that has begun.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.features.money.periods.days import Days, day_of
from bot.features.money.periods.range_ends import Ends, day_words, ends_of, span_words
from storage.records import Millis

EXAMPLES = "“today”, “last week”, “3 Nov”, “1–15 Nov”, “October”, “2025”, “2025-11-01..2025-11-15”"
MOST = 1096  # days: three years, today among them
TODAY, MONTHLY = "today", "30"

_DAY = timedelta(days=1)
_LONGEST = 60
_LAST = re.compile(r"(?:last |past )?([1-9]\d{0,3}) ?(days?|weeks?|months?|years?)|(7|30)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/\d{2,4})?")
_NO_MONTH = re.compile(r"\d{1,2} ?- ?\d{1,2}")


class DayRangeNotUnderstood(Exception):
    """The input means no days that can be told; its text is a sentence for the author."""


@dataclass(frozen=True)
class DayRange:
    """Days, and their name in a heading; `notes`: parts of the wish left out."""

    days: Days
    name: str
    running: bool  # today is one of them, so they are not over
    notes: tuple[str, ...] = ()


def read_range(typed: str, now: Millis, zone: ZoneInfo) -> DayRange:
    """The days that were meant, not later than today and not older than three years. Raises
    `DayRangeNotUnderstood`.
    """
    text, today = _meant(typed), day_of(now, zone)
    if named := NAMED.get(text):
        first, last = named(today)
        return _within(first, last, today, zone, text)
    if found := _LAST.fullmatch(text):
        first = _back(today, int(found[1] or found[3]), (found[2] or "day")[0])
        return _within(first, today, today, zone, f"the last {_counted(found)}")
    ends = ends_of(text) if len(text) <= _LONGEST else None
    if ends is None:
        raise DayRangeNotUnderstood(_unreadable(text, zone))
    first, last = _placed(ends, today)
    return _within(first, last, today, zone, None)


def is_fixed(typed: str) -> bool:
    """Whether it is one of the spans that everybody may ask for."""
    text = _meant(typed)
    return text in FIXED or f"last {text} days" in FIXED


def offered(typed: str, now: Millis, zone: ZoneInfo) -> Sequence[tuple[str, str]]:
    """Choices while somebody types, as words and value: names that fit, and the input so far."""
    text, found = _plain(typed), fitting(typed, now, zone, (*FIXED, "last 90 days"))
    if text and text not in NAMED:
        try:
            meant = read_range(typed, now, zone)
        except DayRangeNotUnderstood as error:
            return found or [(str(error)[:100], typed[:100])]
        value = span_words(meant.days.first, meant.days.last)
        found.insert(0, (_meaning(meant), value))
    return found


def fitting(typed: str, now: Millis, zone: ZoneInfo, names: Iterable[str]) -> list[tuple[str, str]]:
    """Those of the names that what was typed so far begins, as words and value."""
    text = _plain(typed)
    return [
        (f"{name.capitalize()} · {_meaning(read_range(name, now, zone))}", name)
        for name in names
        if name.startswith(text) or f" {text}" in name
    ]


# ── names ──


def _this_week(today: date) -> tuple[date, date]:
    return today - today.weekday() * _DAY, today


def _last_week(today: date) -> tuple[date, date]:
    monday = today - (today.weekday() + 7) * _DAY
    return monday, monday + 6 * _DAY


def _last_month(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - _DAY
    return last.replace(day=1), last


NAMED: dict[str, Callable[[date], tuple[date, date]]] = {
    TODAY: lambda today: (today, today),
    "yesterday": lambda today: (today - _DAY, today - _DAY),
    "this week": _this_week,
    "last week": _last_week,
    "this month": lambda today: (today.replace(day=1), today),
    "last month": _last_month,
    "this year": lambda today: (date(today.year, 1, 1), today),
    "last year": lambda today: (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
}
FIXED = (*NAMED, "last 7 days", "last 30 days")


def _back(today: date, number: int, unit: str) -> date:
    """The first of so many days, weeks, months or years that end today."""
    if unit in "dw":
        return today - (number * (7 if unit == "w" else 1) - 1) * _DAY
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
    year, month = max(months // 12, 1), months % 12 + 1
    for day in range(today.day, 0, -1):  # a month may be too short for this day
        try:
            return date(year, month, day) + _DAY
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def _counted(found: re.Match[str]) -> str:
    number, unit = int(found[1] or found[3]), (found[2] or "days").rstrip("s")
    return unit if number == 1 else f"{number} {unit}s"


# ── which days ──


def _placed(ends: Ends, today: date) -> tuple[date, date]:
    """Both ends in their years; without a year in the latest one in which they have begun."""
    begin, end = ends
    if begin.year is not None or end.year is not None:
        year = begin.year if begin.year is not None else _year_before(ends)
        first, last = (
            begin.first(year),
            end.last(end.year if end.year is not None else _year_after(ends, year)),
        )
        if first is None or last is None:
            raise DayRangeNotUnderstood(
                f"There is no day “{begin if first is None else end}” in the calendar."
            )
        return first, last
    for year in range(today.year, today.year - 8, -1):  # 29 February comes every eight years at least
        first, last = begin.first(year), end.last(_year_after(ends, year))
        if first is not None and last is not None and first <= today:
            return first, last
    raise DayRangeNotUnderstood(f"There is no day “{begin}” in the calendar.")


def _year_before(ends: Ends) -> int:
    begin, end = ends
    assert end.year is not None, "one of both has a year"
    return end.year - (begin.place > end.place)


def _year_after(ends: Ends, year: int) -> int:
    begin, end = ends
    return year + (begin.place > end.place)


def _within(first: date, last: date, today: date, zone: ZoneInfo, name: str | None) -> DayRange:
    floor = today - (MOST - 1) * _DAY
    if last < first:
        raise DayRangeNotUnderstood(
            f"{day_words(last)} is before {day_words(first)}. Write the earlier day first."
        )
    if first > today:
        raise DayRangeNotUnderstood(
            f"{day_words(first)} is in the future; today is {day_words(today)} ({zone.key})."
        )
    if last < floor:
        raise DayRangeNotUnderstood(
            f"{span_words(first, last)} is too long ago. Figures go back to {day_words(floor)}."
        )
    notes = []
    if last > today:
        notes.append(f"Up to today: days after {day_words(today)} are in the future.")
    if first < floor:
        notes.append(f"From {day_words(floor)} on: figures go back three years.")
    days = Days(zone, max(first, floor), min(last, today))
    return DayRange(days, name or span_words(days.first, days.last), last >= today, tuple(notes))


# ── words ──


def _plain(typed: str) -> str:
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", typed.casefold().replace(",", " "))
    return " ".join(word for word in text.split() if word not in {"the", "of", "from"})


def _meant(typed: str) -> str:
    text = _plain(typed)
    return f"this {text}" if text in {"week", "month", "year"} else text


def _meaning(meant: DayRange) -> str:
    number = len(meant.days.each())
    return f"{span_words(meant.days.first, meant.days.last)} · {number:,} day{'' if number == 1 else 's'}"


def _unreadable(text: str, zone: ZoneInfo) -> str:
    if found := _SLASHED.search(text):
        ways = dict.fromkeys(
            day_words(date(2024, month, day)).removesuffix(" 2024")  # a leap year has every day
            for day, month in ((int(found[1]), int(found[2])), (int(found[2]), int(found[1])))
            if 1 <= month <= 12 and 1 <= day <= 29  # noqa: PLR2004 - months, and days that all of them have
        )
        told = " or ".join(f"“{way}”" for way in ways) or "“3 Nov”"
        return f"“{found[0]}” has two meanings. Write {told}."
    if _NO_MONTH.fullmatch(text):
        return f"Which month? Write for example “{text.replace(' ', '').replace('-', '–')} Nov”."
    return f"We can't read those days. Write for example {EXAMPLES}. Days are in {zone.key} time."
