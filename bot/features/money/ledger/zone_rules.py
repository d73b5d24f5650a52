"""A zone's days as times in which its clock is ahead of UTC by the same (pure)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.features.money.periods.days import day_of, midnight
from storage.money.earning_sums import ZoneStretch
from storage.records import Millis

_EPOCH = date(1970, 1, 1)
_DAY = timedelta(days=1)
_STEP: Millis = 15 * 60_000  # clocks change at whole quarters of an hour


def number_of(day: date) -> int:
    """A day as a number: since 1970."""
    return (day - _EPOCH).days


def day_numbered(number: int) -> date:
    """The day of a number."""
    return _EPOCH + number * _DAY


def local_day(at: Millis, zone: ZoneInfo) -> int:
    """The number of the zone's day in which a moment lies."""
    return number_of(day_of(at, zone))


def stretches(first: int, last: int, zone: ZoneInfo) -> list[ZoneStretch]:
    """The stretches of these days, both included, oldest first, without gaps."""
    begin, end = midnight(day_numbered(first), zone), midnight(day_numbered(last + 1), zone)
    found = [ZoneStretch(begin, begin, _ahead(begin, zone))]
    for number in range(first, last + 1):
        start, until = midnight(day_numbered(number), zone), midnight(day_numbered(number + 1), zone)
        changes = _ahead(start, zone) != _ahead(until, zone) or _ahead(start, zone) != found[-1].ahead
        for at in range(start, until, _STEP) if changes else (start,):
            ahead = _ahead(at, zone)
            if ahead != found[-1].ahead:
                found[-1] = ZoneStretch(found[-1].since, at, found[-1].ahead)
                found.append(ZoneStretch(at, at, ahead))
    found[-1] = ZoneStretch(found[-1].since, end, found[-1].ahead)
    return [one for one in found if one.since < one.until]


def _ahead(at: Millis, zone: ZoneInfo) -> Millis:
    offset = datetime.fromtimestamp(at / 1000, tz=UTC).astimezone(zone).utcoffset()
    assert offset is not None, "a zone has an offset"
    return int(offset.total_seconds()) * 1000
