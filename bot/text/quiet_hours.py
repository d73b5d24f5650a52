"""Quiet hours: whether it is quiet now, and until when (pure)."""

import re
from datetime import timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.text.moments import local_time
from storage.records import Millis

_CLOCK = re.compile(r"(\d{1,2})(?::(\d\d))?")
_DAY = 24 * 60


class NotAClockTime(Exception):
    """Raised for typed words that are no time of day; `typed` are the words."""

    def __init__(self, typed: str) -> None:
        super().__init__("not a time of day")
        self.typed = typed


class OneEndOnly(Exception):
    """Raised where quiet hours would have a beginning and no end, or the reverse."""


class QuietTimes(Protocol):
    """Minutes of the day, both or neither."""

    @property
    def quiet_from(self) -> int | None: ...

    @property
    def quiet_to(self) -> int | None: ...


def minutes_of(typed: str) -> int | None:
    """The minute of the day that was typed, as in 22:00 or 7; None for no such time."""
    found = _CLOCK.fullmatch(typed.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None  # noqa: PLR2004 - of a day


def ends_of(
    typed_from: str | None, typed_to: str | None, held: QuietTimes | None
) -> tuple[int, int] | tuple[None, None]:
    """Both ends in minutes of the day, those of `held` where nothing was typed; the same one twice is off.

    Raises NotAClockTime, OneEndOnly.
    """
    begins = _end(typed_from, held.quiet_from if held is not None else None)
    ends = _end(typed_to, held.quiet_to if held is not None else None)
    if begins == ends:
        return None, None
    if begins is None or ends is None:
        raise OneEndOnly
    return begins, ends


def _end(typed: str | None, before: int | None) -> int | None:
    if typed is None:
        return before
    minutes = minutes_of(typed)
    if minutes is None:
        raise NotAClockTime(typed)
    return minutes


def clock_of(minutes: int) -> str:
    """The same as a clock shows it."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def quiet_for(hours: QuietTimes, now: Millis, zone: ZoneInfo) -> Millis:
    """The quiet time left, without pings; 0: not quiet. Over a change of clocks it may be an hour off."""
    if hours.quiet_from is None or hours.quiet_to is None:
        return 0
    local = local_time(now, zone)
    begun = local.hour * 60 + local.minute
    if (begun - hours.quiet_from) % _DAY >= (hours.quiet_to - hours.quiet_from) % _DAY:
        return 0
    rest = timedelta(minutes=(hours.quiet_to - begun) % _DAY) - timedelta(
        seconds=local.second, microseconds=local.microsecond
    )
    return max(int(rest.total_seconds() * 1000), 1)
