"""A creator's days: when one begins, and which one holds a moment (pure, R22).

A day is half-open: from one midnight of the zone up to the next. Where a clock change takes midnight
away, the day begins at the change; where there are two midnights, at the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.text.moments import day_and_month
from storage.records import Millis

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """Whole days of one zone, the last one included."""

    zone: ZoneInfo
    first: date
    last: date

    @property
    def since(self) -> Millis:
        """The moment with which they begin."""
        return midnight(self.first, self.zone)

    @property
    def until(self) -> Millis:
        """The first moment that is no longer one of them."""
        return midnight(self.last + _DAY, self.zone)

    def each(self) -> Sequence[date]:
        """Every day, oldest first."""
        return [self.first + number * _DAY for number in range((self.last - self.first).days + 1)]


def day_of(at: Millis, zone: ZoneInfo) -> date:
    """The day of the zone in which a moment lies."""
    return _moment(at).astimezone(zone).date()


def midnight(day: date, zone: ZoneInfo) -> Millis:
    return at_hour(day, 0, zone)


def at_hour(day: date, hour: int, zone: ZoneInfo) -> Millis:
    """The first moment of a day at which a clock of the zone shows this hour, or has just skipped it."""
    local = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
    return int(local.timestamp()) * 1000


def written(at: Millis, zone: ZoneInfo) -> str:
    """A moment as a clock of the zone shows it: 24 Nov 2026, 09:05."""
    local = _moment(at).astimezone(zone)
    return f"{day_and_month(local.date())} {local:%Y, %H:%M}"


def _moment(at: Millis) -> datetime:
    return datetime.fromtimestamp(at / 1000, tz=UTC)
