"""Quiet hours: the typed text, the hours, and their end (pure)."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.language import msgid, tr
from bot.text.moments import local_time
from bot.text.typed_words import TypedWord, says
from storage.publishing.quiet_hours import QuietHours
from storage.records import Millis

OFF = "off"
_HOUR = 60
_DAY = 24 * _HOUR
_TO = r"(?:[-\u2013\u2014]|to|until|bis|a|a las?|hasta(?: las?)?)"
_SPAN = re.compile(rf"(\d{{1,2}})(?:[:.](\d\d))? ?{_TO} ?(\d{{1,2}})(?:[:.](\d\d))?(?: (?:uhr|h))?")
_WRONG = msgid("Write quiet hours as “23:00-08:00”, in the creator's time zone, or “off”. No changes made.")


def read(typed: str) -> QuietHours | None:
    """Read the typed hours; None: off. Raises ValueError with what to do instead."""
    plain = " ".join(typed.casefold().split())
    if says(plain, TypedWord.OFF):
        return None
    found = _SPAN.fullmatch(plain)
    if found is None:
        raise ValueError(tr(_WRONG))
    begins, ends = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    if begins == ends:
        raise ValueError(tr(_WRONG))
    return QuietHours(begins, ends)


def spoken(hours: QuietHours) -> str:
    """23:00 to 08:00."""
    return tr("{begins} to {ends}", begins=clock(hours.begins), ends=clock(hours.ends))


def target(hours: QuietHours | None) -> str:
    """The same for the audit, in no reader's language."""
    return OFF if hours is None else f"{clock(hours.begins)} to {clock(hours.ends)}"


def clock(minutes: int) -> str:
    """08:00."""
    return f"{minutes // _HOUR:02d}:{minutes % _HOUR:02d}"


def over_at(hours: QuietHours | None, at: Millis, zone: ZoneInfo) -> Millis | None:
    """The end of the quiet hours around this moment; None: it is in none."""
    if hours is None:
        return None
    local = local_time(at, zone)
    minute = local.hour * _HOUR + local.minute
    overnight = hours.ends < hours.begins
    if overnight:
        inside = minute >= hours.begins or minute < hours.ends
    else:
        inside = hours.begins <= minute < hours.ends
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if overnight and minute >= hours.begins else 0)
    ends = datetime.combine(day, time(hours.ends // _HOUR, hours.ends % _HOUR), zone)
    # Where clocks are set back, 02:30 is there twice: of the two the one that is still ahead.
    moments = [int(ends.replace(fold=fold).timestamp() * 1000) for fold in (0, 1)]
    return next((moment for moment in moments if moment > at), None)


def _minutes(hour: str, minute: str | None) -> int:
    minutes = int(hour) * _HOUR + int(minute or 0)
    if minutes > _DAY or int(minute or 0) >= _HOUR:
        raise ValueError(tr(_WRONG))
    return minutes % _DAY
