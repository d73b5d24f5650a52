"""A time as a person writes it: one moment of their zone, or why not (pure).

A moment is only taken where the words mean exactly one, ahead and not too far. What was understood is
shown back before anything is done, so the reading may be generous in form but never guesses a day.
English, German and Spanish words are read, whatever language is spoken; what two of them have is English.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model.language import msgid, tr
from bot.text.calendar_names import WEEKDAYS, folded, weekday_named
from bot.text.dates import day_written
from bot.text.moments import day_and_month, local_time, named
from bot.text.typed_clocks import CLOCK, ClockTime, clock_of, in_part, with_clocks, without_part
from bot.text.typed_spans import minutes_in
from storage.records import Millis

# Translators: what can be typed; the words of English, German and Spanish are read.
EXAMPLES = msgid(
    "“18:00”, “tomorrow 6pm”, “fri 20:30”, “26 Nov 18:00”, “2026-11-26 18:00”, “in 2 hours” or “now”"
)
# Said wherever a creator's times are those of UTC only because nobody chose a zone.
NO_ZONE = msgid(
    "This creator has no time zone yet, so times are UTC. The owner chooses one: `/settings zone`."
)
FURTHEST = 180  # days

_MINUTE = 60_000
_DAY = timedelta(days=1)
_LONGEST = 60
_STAMP = re.compile(r"<t:(\d{1,12})(?::[a-z])?>")
_NOW = {"", "now", "jetzt", "sofort", "ahora", "ahora mismo"}
_AHEAD = {
    **dict.fromkeys(("", "today", "tonight", "heute", "hoy"), 0),
    **dict.fromkeys(("tomorrow", "tmrw", "morgen", "manana"), 1),
    **dict.fromkeys(("ubermorgen", "uebermorgen", "pasado manana"), 2),
}
_LEFT_OUT = {
    *("at", "on", "the", "of"),
    *("um", "der", "den", "dem"),
    *("el", "la", "las", "los", "de", "del", "al", "por"),
}


class NotATime(Exception):
    """Raised when a typed text means no moment that can be taken; its text is a sentence for its writer."""


def read_time(typed: str | None, now: Millis, zone: ZoneInfo) -> Millis | None:
    """The moment that was meant; None for now. Raises `NotATime`."""
    text = _plain(typed or "")
    if text in _NOW:
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
    text = " ".join(unicodedata.normalize("NFC", typed.casefold()).replace(",", " ").split())
    text = re.sub(r"([ap])\. ?m\.?", r"\1m", text)
    text = re.sub(r"(\d{4}-\d{1,2}-\d{1,2})t(?=\d)", r"\1 ", text)
    words = with_clocks(text).split()
    said = zip(["", *words], words, strict=False)
    return " ".join(word for before, word in said if word not in _LEFT_OUT and not _is_on(word, before))


def _is_on(word: str, before: str) -> bool:
    """Whether it is the “am” of “am Montag”, and not that of “9 am”."""
    return word == "am" and not before[-1:].isdigit()


def _exact(text: str, now: Millis) -> Millis | None:
    """A moment typed without a clock: a span from now, or Discord's own way of writing one."""
    if found := _STAMP.fullmatch(text):
        return int(found[1]) * 1000
    minutes = minutes_in(text)
    # A whole minute, so that what is shown is what is meant.
    return None if minutes is None else -(-now // _MINUTE) * _MINUTE + minutes * _MINUTE


def _on_a_clock(text: str, now: Millis, zone: ZoneInfo) -> Millis:
    clocks = list(CLOCK.finditer(text))
    if len(clocks) > 1:
        raise _unreadable(zone)
    day = " ".join((text[: clocks[0].start()] + " " + text[clocks[0].end() :]).split()) if clocks else text
    day, part = without_part(day)
    days = _days_meant(day, local_time(now, zone).date())
    if not days or not (day or clocks):
        raise _unreadable(zone)
    if not clocks:
        raise NotATime(
            tr("At what time? Write for example “{day} 18:00”. Times are {zone}.", day=day, zone=zone.key)
        )
    clock = clock_of(clocks[0])
    if clock is None:
        raise NotATime(tr("“{typed}” isn't a time. Times go from 00:00 to 23:59.", typed=clocks[0][0]))
    if (clock := in_part(clock, part, half=clocks[0][3] is not None)) is None:
        raise _unreadable(zone)
    return _first_ahead(day, days, clock, now, zone)


# ── which day ──


def _days_meant(text: str, today: date) -> Sequence[date]:
    """The days that words can mean, the likeliest first; none where they mean none. Raises `NotATime`."""
    if (ahead := _AHEAD.get(folded(text))) is not None:
        return [today + ahead * _DAY]
    first, _, rest = text.partition(" ")
    weekday = weekday_named(first.rstrip("."))
    if weekday is None or day_written(text) is not None:  # “mar 3” is no Tuesday
        return _dated(text, today)
    if not rest:
        following = today + (weekday - today.weekday()) % 7 * _DAY
        return [following, following + 7 * _DAY]
    days = _dated(rest, today)
    fitting = [day for day in days if day.weekday() == weekday]
    if days and not fitting:
        shown = f"{day_and_month(days[0])} {days[0].year}"
        is_one, typed = tr(WEEKDAYS[days[0].weekday()]), tr(WEEKDAYS[weekday])
        # Translators: such as, 26 Nov 2026 is a Thursday, and somebody typed Friday
        raise NotATime(tr("{date} is a {weekday}, not a {typed}.", date=shown, weekday=is_one, typed=typed))
    return fitting


def _dated(text: str, today: date) -> Sequence[date]:
    written = day_written(text)
    if written is None:
        return []
    years = [today.year, today.year + 1] if written.year is None else [written.year]
    days = [day for year in years if (day := written.within(year)) is not None]
    if not days:
        raise NotATime(tr("There is no day “{day}” in the calendar.", day=text))
    return days


# ── which moment ──


def _first_ahead(day: str, days: Sequence[date], clock: ClockTime, now: Millis, zone: ZoneInfo) -> Millis:
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
        raise NotATime(
            # Translators: "tomorrow" is read in all languages that we speak.
            tr(
                "{time} has passed today ({zone}). For the next one write “tomorrow {time}”.",
                time=clock,
                zone=zone.key,
            )
        )
    shown = f"{named(days[0], now, zone)} {clock} ({zone.key})"
    raise NotATime(tr("{moment} has passed. Choose a time in the future.", moment=shown))


def _moment(day: date, clock: ClockTime, now: Millis, zone: ZoneInfo) -> Millis | None:
    """The moment a clock of the zone shows this; None: passed. Raises `NotATime` unless it is once."""
    local = datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=zone)
    first, second = (int(local.replace(fold=fold).timestamp()) * 1000 for fold in (0, 1))
    if max(first, second) <= now:
        return None
    shown = f"{named(day, now, zone)} {clock}"
    if first > second:
        raise NotATime(
            tr(
                "{moment} does not exist in {zone}: the clocks jump forward over it. Choose an "
                "earlier or a later time.",
                moment=shown,
                zone=zone.key,
            )
        )
    if first < second:
        raise NotATime(
            # Translators: "in 3 hours" is read in all languages that we speak.
            tr(
                "{moment} comes twice in {zone}: the clocks go back. Choose an earlier or a "
                "later time, or write “in 3 hours”.",
                moment=shown,
                zone=zone.key,
            )
        )
    return first


def _within(at: Millis, now: Millis) -> Millis:
    if at <= now:
        raise NotATime(tr("That has passed. Choose a time in the future."))
    if at > now + FURTHEST * 24 * 60 * _MINUTE:
        raise NotATime(tr("That is more than {most} days ahead, the most we allow.", most=FURTHEST))
    return at


def _too_far(day: date, now: Millis, zone: ZoneInfo) -> NotATime:
    shown = named(day, now, zone)
    return NotATime(
        tr("{date} is more than {most} days ahead, the most we allow.", date=shown, most=FURTHEST)
    )


def _unreadable(zone: ZoneInfo) -> NotATime:
    return NotATime(
        tr(
            "We can't read that time. Write for example {examples}. Times are {zone}.",
            examples=tr(EXAMPLES),
            zone=zone.key,
        )
    )
