"""Time zones by their names: the one that was kept, the one that is typed (pure).

A creator has one zone, in which their days begin and times that are typed are meant.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from storage.records import Millis

DEFAULT_ZONE = "UTC"
_SHOWN = 25  # Discord offers no more


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
    """The IANA name that was typed, in any case and with spaces for underscores; None for no such zone.

    A city is enough where there is one of that name.
    """
    wanted = _plain(typed)
    exact = next((name for name in zone_names() if _plain(name) == wanted), None)
    cities = [name for name in zone_names() if _plain(name).rpartition("/")[2] == wanted]
    return exact or (cities[0] if len(cities) == 1 else None)


def place_in(words: Sequence[str]) -> str | None:
    """The IANA name among some words, the last of several. Only Area/City: `turkey` may be anything."""
    return next((name for word in reversed(words) if "/" in word and (name := zone_named(word))), None)


def without_place(words: Sequence[str], place: str | None) -> list[str]:
    """The other words."""
    return [word for word in words if place is None or _plain(word) != _plain(place)]


def offset_of(at: Millis, zone: ZoneInfo) -> str:
    """How far the zone's clocks are ahead of UTC then: UTC+1, UTC-3:30."""
    span = datetime.fromtimestamp(at / 1000, tz=UTC).astimezone(zone).utcoffset() or timedelta()
    minutes = int(span.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"


def zones_like(typed: str) -> Sequence[str]:
    """The offers while a zone is typed: names that begin so, then cities that do, then the others."""
    wanted = _plain(typed)
    found = [(_rank(name, wanted), name) for name in zone_names() if wanted in _plain(name)]
    return [name for _rank_, name in sorted(found)][:_SHOWN]


def _rank(name: str, wanted: str) -> int:
    if _plain(name).startswith(wanted):
        return 0
    return 1 if _plain(name.rpartition("/")[2]).startswith(wanted) else 2


def _plain(name: str) -> str:
    return name.strip().replace(" ", "_").casefold()
