"""Quiet hours: whether it is quiet now, and until when (pure)."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.text.moments import local_time
from storage.inbox.timers import TimerSettings
from storage.records import Millis

_CLOCK = re.compile(r"(\d{1,2})(?::(\d\d))?")
_DAY = 24 * 60


def minutes_of(typed: str) -> int | None:
    """The minute of the day that was typed, as in 22:00 or 7; None for no such time."""
    found = _CLOCK.fullmatch(typed.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None  # noqa: PLR2004 - of a day


def clock_of(minutes: int) -> str:
    """The same as a clock shows it."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def quiet_for(timers: TimerSettings, now: Millis, zone: ZoneInfo) -> Millis:
    """The quiet time left, without pings; 0: not quiet. Over a change of clocks it may be an hour off."""
    if timers.quiet_from is None or timers.quiet_to is None:
        return 0
    local = local_time(now, zone)
    begun = local.hour * 60 + local.minute
    if (begun - timers.quiet_from) % _DAY >= (timers.quiet_to - timers.quiet_from) % _DAY:
        return 0
    rest = timedelta(minutes=(timers.quiet_to - begun) % _DAY) - timedelta(
        seconds=local.second, microseconds=local.microsecond
    )
    return max(int(rest.total_seconds() * 1000), 1)
