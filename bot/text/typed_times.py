"""A time as a person writes it: one moment of their zone, or why not (pure).

A moment is only taken where the words mean exactly one, ahead and not too far. What was understood is
shown back before anything is done, so the reading may be generous in form but never guesses a day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.text.dates import WEEKDAYS, begun, day_written
from bot.text.moments import day_and_month, local_time, named
from storage.records import Millis

EXAMPLES = "“18:00”, “tomorrow 6pm”, “fri 20:30”, “26 Nov 18:00”, “2026-11-26 18:00”, “in 2 hours” or “now”"
# Said wherever a creator's times are those of UTC only because nobody chose a zone.
NO_ZONE = "This creator has no time zone yet, so times are UTC. The owner chooses one: `/settings zone`."
FURTHEST = 180  # days

_MINUTE = 60_000
_DAY = timedelta(days=1)
_LONGEST = 60
_SPAN = r"(\d{1,4}|an?(?= )) ?(m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?![a-z])"
_IN = re.compile(rf"in(?: ?(?:and )?{_SPAN})+")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_STAMP = re.compile(r"<t:(\d{1,12})(?::[a-z])?>")
_CLOCK = re.compile(r"(?<![\w:.+-])(?:(\d{1,2})(?::(\d\d))? ?(am|pm)|(\d{1,2}):(\d\d)|(noon))(?![\w:+])")


class NotATime(Exception):
    """Raised when a typed text means no moment that can be taken; its text is a sentence for its writer."""


@dataclass(frozen=True)
class _Clock:
    hour: int
    minute: int

    def __str__(self) -> str:
        return f"{self.hour:02d}:{self.minute:02d}"


def read_time(typed: str | None, now: Millis, zone: ZoneInfo) -> Millis | None:
    """The moment that was meant; None for now. Raises `NotATime`."""
    text = _plain(typed or "")
    if text in {"", "now"}:
        return None
    if len(text) > _LONGEST:
        raise _unreadable(zone)
    at = _exact(text, now)
    return _on_a_clock(text, now, zone) if at is None else _within(at, now)


def still_ahead(at: Millis | None, now: Millis) -> bool:
    """Whether a moment that was taken can still be kept; now always can."""
    return at is None or at > now


# ── what is typed ──


def _plain(typed: str) -> str:
    text = re.sub(r"([ap])\.m\.?", r"\1m", typed.casefold().replace(",", " "))
    text = re.sub(r"(\d{4}-\d{1,2}-\d{1,2})t(?=\d)", r"\1 ", text)
    return " ".join(word for word in text.split() if word not in {"at", "on", "the", "of"})


def _exact(text: str, now: Millis) -> Millis | None:
    """A moment typed without a clock: a span from now, or Discord's own way of writing one."""
    if found := _STAMP.fullmatch(text):
        return int(found[1]) * 1000
    if not _IN.fullmatch(text):
        return None
    spans = re.findall(_SPAN, text)
    minutes = sum((1 if much in {"a", "an"} else int(much)) * _MINUTES[unit[0]] for much, unit in spans)
    # A whole minute, so that what is shown is what is meant.
    return -(-now // _MINUTE) * _MINUTE + minutes * _MINUTE


def _on_a_clock(text: str, now: Millis, zone: ZoneInfo) -> Millis:
    clocks = list(_CLOCK.finditer(text))
    if len(clocks) > 1:
        raise _unreadable(zone)
    day = " ".join((text[: clocks[0].start()] + " " + text[clocks[0].end() :]).split()) if clocks else text
    days = _days_meant(day, local_time(now, zone).date())
    if not days:
        raise _unreadable(zone)
    if not clocks:
        raise NotATime(f"At what time? Write for example “{day} 18:00”. Times are {zone.key}.")
    clock = _clock_of(clocks[0])
    if clock is None:
        raise NotATime(f"“{clocks[0][0]}” isn't a time. Times go from 00:00 to 23:59.")
    return _first_ahead(day, days, clock, now, zone)


def _clock_of(found: re.Match[str]) -> _Clock | None:
    half, noon = found[3], found[6]
    hour, minute = int(found[1] or found[4] or 12), int(found[2] or found[5] or 0)
    if half is not None:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - the hours of a clock with two halves
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif noon is not None:
        return _Clock(12, 0)
    return _Clock(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - of a day


# ── which day ──


def _days_meant(text: str, today: date) -> Sequence[date]:
    """The days that words can mean, the likeliest first; none where they mean none. Raises `NotATime`."""
    if text in {"", "today", "tonight"}:
        return [today]
    if text in {"tomorrow", "tmrw"}:
        return [today + _DAY]
    first, _, rest = text.partition(" ")
    weekday = begun(first.rstrip("."), WEEKDAYS)
    if weekday is None:
        return _dated(text, today)
    if not rest:
        following = today + (weekday - today.weekday()) % 7 * _DAY
        return [following, following + 7 * _DAY]
    days = _dated(rest, today)
    fitting = [day for day in days if day.weekday() == weekday]
    if days and not fitting:
        shown = f"{day_and_month(days[0])} {days[0].year}"
        raise NotATime(f"{shown} is a {WEEKDAYS[days[0].weekday()]}, not a {WEEKDAYS[weekday]}.")
    return fitting


def _dated(text: str, today: date) -> Sequence[date]:
    written = day_written(text)
    if written is None:
        return []
    years = [today.year, today.year + 1] if written.year is None else [written.year]
    days = [day for year in years if (day := written.within(year)) is not None]
    if not days:
        raise NotATime(f"There is no day “{text}” in the calendar.")
    return days


# ── which moment ──


def _first_ahead(day: str, days: Sequence[date], clock: _Clock, now: Millis, zone: ZoneInfo) -> Millis:
    today = local_time(now, zone).date()
    passed = False
    for each in days:
        if each > today + FURTHEST * _DAY:
            if passed:
                break
            raise _too_far(each, now, zone)
        if each >= today and (at := _moment(each, clock, now, zone)) is not None:
            return _within(at, now)
        passed = True
    if not day:
        raise NotATime(f"{clock} has passed today ({zone.key}). For the next one write “tomorrow {clock}”.")
    raise NotATime(
        f"{named(days[0], now, zone)} {clock} ({zone.key}) has passed. Choose a time in the future."
    )


def _moment(day: date, clock: _Clock, now: Millis, zone: ZoneInfo) -> Millis | None:
    """The moment a clock of the zone shows this; None: passed. Raises `NotATime` unless it is once."""
    local = datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=zone)
    first, second = (int(local.replace(fold=fold).timestamp()) * 1000 for fold in (0, 1))
    if max(first, second) <= now:
        return None
    shown = f"{named(day, now, zone)} {clock}"
    if first > second:
        raise NotATime(
            f"{shown} does not exist in {zone.key}: the clocks jump forward over it. Choose an "
            "earlier or a later time."
        )
    if first < second:
        raise NotATime(
            f"{shown} comes twice in {zone.key}: the clocks go back. Choose an earlier or a "
            "later time, or write “in 3 hours”."
        )
    return first


def _within(at: Millis, now: Millis) -> Millis:
    if at <= now:
        raise NotATime("That has passed. Choose a time in the future.")
    if at > now + FURTHEST * 24 * 60 * _MINUTE:
        raise NotATime(f"That is more than {FURTHEST} days ahead, the most we allow.")
    return at


def _too_far(day: date, now: Millis, zone: ZoneInfo) -> NotATime:
    return NotATime(f"{named(day, now, zone)} is more than {FURTHEST} days ahead, the most we allow.")


def _unreadable(zone: ZoneInfo) -> NotATime:
    return NotATime(f"We can't read that time. Write for example {EXAMPLES}. Times are {zone.key}.")
