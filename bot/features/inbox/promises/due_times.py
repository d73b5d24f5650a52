"""Due times of promises: those offered, and those typed (pure)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.model.language import tr
from bot.text.deferral_times import EVENING, NEXT_WEEK, TOMORROW, TONIGHT, read_until
from bot.text.moments import local_time
from bot.text.typed_times import NotATime
from storage.records import Millis


def read_due(typed: str, now: Millis, zone: ZoneInfo) -> Millis:
    """The moment that was meant; a day alone is its evening. Raises `NotATime`."""
    try:
        return read_until(typed, now, zone)
    except NotATime:
        if not typed.strip():
            raise
        try:
            return read_until(f"{typed} {EVENING}:00", now, zone)
        except NotATime:
            pass
        raise


def offered(now: Millis, zone: ZoneInfo) -> Sequence[tuple[str, str]]:
    """The choices at that time: words, and the text that is read later."""
    found = []
    if local_time(now, zone).hour < EVENING:
        found.append((tr("Today, {evening}:00", evening=EVENING), TONIGHT))
    found.append((tr("Tomorrow, 9:00"), TOMORROW))
    found.append((tr("Tomorrow, {evening}:00", evening=EVENING), f"tomorrow {EVENING}:00"))
    found.append((tr("In 3 days"), "in 3 days"))
    found.append((tr("Monday, 9:00"), NEXT_WEEK))
    return found
