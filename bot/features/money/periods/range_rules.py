"""Days as a person writes them: “1–15 Nov”, “last week”, or why not (pure).

Only what means exactly one range is taken, and what was understood is shown back. Weeks begin on Monday.
Without a year the latest one is meant that has begun. English, German and Spanish are read, whatever
language is spoken.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.features.money.periods.date_words import day_words, span_words
from bot.features.money.periods.days import Days, day_of
from bot.features.money.periods.range_ends import Ends, ends_of
from bot.features.money.periods.range_texts import counted, meaning, unreadable
from bot.features.money.periods.range_words import begun_by, in_english, names_of, written
from bot.model.language import ENGLISH, msgid, speaking, tr
from bot.text.calendar_names import folded
from storage.records import Millis

MOST = 1096  # days: three years, today among them
TODAY, MONTHLY = "today", "30"

_DAY = timedelta(days=1)
_LONGEST = 60
_LAST = re.compile(r"(?:last |past )?([1-9]\d{0,3}) ?(days?|weeks?|months?|years?)|(7|30)")


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
        return _within(first, last, today, zone, tr(text))
    if found := _LAST.fullmatch(text):
        first = _back(today, int(found[1] or found[3]), (found[2] or "day")[0])
        return _within(first, today, today, zone, counted(found))
    ends = ends_of(text) if len(text) <= _LONGEST else None
    if ends is None:
        raise DayRangeNotUnderstood(unreadable(text, zone))
    first, last = _placed(ends, today)
    return _within(first, last, today, zone, None)


def is_fixed(typed: str) -> bool:
    """Whether it is one of the spans that everybody may ask for."""
    text = _meant(typed)
    return text in FIXED or f"last {text} days" in FIXED


def offered(typed: str, now: Millis, zone: ZoneInfo) -> Sequence[tuple[str, str]]:
    """Choices while somebody types, as words and value: names that fit, and the input so far."""
    text, found = _meant(typed), fitting(typed, now, zone, (*FIXED, _MORE))
    if text and text not in NAMED:
        try:
            meant = read_range(typed, now, zone)
        except DayRangeNotUnderstood as error:
            return found or [(str(error)[:100], typed[:100])]
        with speaking(ENGLISH):  # as it can be read again
            value = span_words(meant.days.first, meant.days.last)
        found.insert(0, (meaning(meant.days), value))
    return found


def fitting(typed: str, now: Millis, zone: ZoneInfo, names: Iterable[str]) -> list[tuple[str, str]]:
    """Those of the names that what was typed so far begins, as words and value."""
    begins = folded(written(typed))  # once: it may be long
    return [
        (f"{_upper(tr(name))} · {meaning(read_range(name, now, zone).days)}", name)
        for name in names
        if any(begun_by(begins, said) for said in (name, tr(name), *names_of(name)))
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
    msgid("today"): lambda today: (today, today),
    msgid("yesterday"): lambda today: (today - _DAY, today - _DAY),
    msgid("this week"): _this_week,
    msgid("last week"): _last_week,
    msgid("this month"): lambda today: (today.replace(day=1), today),
    msgid("last month"): _last_month,
    msgid("this year"): lambda today: (date(today.year, 1, 1), today),
    msgid("last year"): lambda today: (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
}
FIXED = (*NAMED, msgid("last 7 days"), msgid("last 30 days"))
_MORE = msgid("last 90 days")


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
                tr("There is no day “{day}” in the calendar.", day=begin if first is None else end)
            )
        return first, last
    for year in range(today.year, today.year - 8, -1):  # 29 February comes every eight years at least
        first, last = begin.first(year), end.last(_year_after(ends, year))
        if first is not None and last is not None and first <= today:
            return first, last
    raise DayRangeNotUnderstood(tr("There is no day “{day}” in the calendar.", day=begin))


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
            tr(
                "{last} is before {first}. Write the earlier day first.",
                last=day_words(last),
                first=day_words(first),
            )
        )
    if first > today:
        raise DayRangeNotUnderstood(
            tr(
                "{day} is in the future; today is {today} ({zone}).",
                day=day_words(first),
                today=day_words(today),
                zone=zone.key,
            )
        )
    if last < floor:
        raise DayRangeNotUnderstood(
            tr(
                "{days} is too long ago. Figures go back to {day}.",
                days=span_words(first, last),
                day=day_words(floor),
            )
        )
    notes = []
    if last > today:
        notes.append(tr("Up to today: days after {day} are in the future.", day=day_words(today)))
    if first < floor:
        notes.append(tr("From {day} on: figures go back three years.", day=day_words(floor)))
    days = Days(zone, max(first, floor), min(last, today))
    return DayRange(days, name or span_words(days.first, days.last), last >= today, tuple(notes))


# ── words ──


def _meant(typed: str) -> str:
    """What was typed, with names in English: those that people have, and those that we say."""
    text = in_english(written(typed))
    said = {folded(written(tr(name))): name for name in (*FIXED, _MORE)}
    return f"this {text}" if text in {"week", "month", "year"} else said.get(folded(text), text)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
