"""A creator's days: when one begins, and which a name means (pure, R22).

A day is half-open: from one midnight of the zone up to the next. Where a clock change takes midnight
away, the day begins at the change; where there are two midnights, at the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from storage.records import Millis

DEFAULT_ZONE = "UTC"
# What a member chooses, in the order in which it is offered, and its words in a heading.
PERIODS = {
    "today": "today",
    "yesterday": "yesterday",
    "7": "the last 7 days",
    "30": "the last 30 days",
    "month": "this month",
}
_DAY = timedelta(days=1)
_SHOWN = 25  # Discord offers no more


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


def days_of(period: str, now: Millis, zone: ZoneInfo) -> Days:
    """The days that a name of `PERIODS` means at this moment. Raises KeyError for another name."""
    today = day_of(now, zone)
    match period:
        case "today":
            first = last = today
        case "yesterday":
            first = last = today - _DAY
        case "month":
            first, last = today.replace(day=1), today
        case "7" | "30":
            first, last = today - (int(period) - 1) * _DAY, today
        case _:
            raise KeyError(period)
    return Days(zone, first, last)


def day_of(at: Millis, zone: ZoneInfo) -> date:
    """The day of the zone in which a moment lies."""
    return _moment(at).astimezone(zone).date()


def midnight(day: date, zone: ZoneInfo) -> Millis:
    """When a day begins."""
    return at_hour(day, 0, zone)


def at_hour(day: date, hour: int, zone: ZoneInfo) -> Millis:
    """The first moment of a day at which a clock of the zone shows this hour, or has just skipped it."""
    local = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
    return int(local.timestamp()) * 1000


def written(at: Millis, zone: ZoneInfo) -> str:
    """A moment as a clock of the zone shows it: 24 Nov 2026, 09:05."""
    local = _moment(at).astimezone(zone)
    return f"{local.day} {local:%b %Y, %H:%M}"


# ── zones ──


def zone_of(name: str) -> ZoneInfo:
    """The zone of a name that was kept; UTC for one that this machine no longer knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(DEFAULT_ZONE)


@cache
def zone_names() -> Sequence[str]:
    """Every IANA name of a zone. The first call reads some hundred small files."""
    return sorted(available_timezones())


def zone_named(typed: str) -> str | None:
    """The IANA name that was typed, in any case and with spaces for underscores; None for no such zone."""
    wanted = _plain(typed)
    return next((name for name in zone_names() if _plain(name) == wanted), None)


def zones_like(typed: str) -> Sequence[str]:
    """What to offer while a zone is typed: names that begin so, then cities that do, then the others."""
    wanted = _plain(typed)
    found = [(_rank(name, wanted), name) for name in zone_names() if wanted in _plain(name)]
    return [name for _rank_, name in sorted(found)][:_SHOWN]


def _rank(name: str, wanted: str) -> int:
    if _plain(name).startswith(wanted):
        return 0
    return 1 if _plain(name.rpartition("/")[2]).startswith(wanted) else 2


def _plain(name: str) -> str:
    return name.strip().replace(" ", "_").casefold()


def _moment(at: Millis) -> datetime:
    return datetime.fromtimestamp(at / 1000, tz=UTC)
