"""A moment in a zone's words: its clocks, and the time until it (pure)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from storage.records import DiscordId, Millis

_MINUTE = 60_000
_DAY = 86_400_000
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def words_of(at: Millis, now: Millis, zone: ZoneInfo) -> str:
    """A moment to show back: Thu 26 Nov 18:00 (Europe/Berlin), in 8 hours."""
    told = spelled(at, now, zone)
    return f"{told}, {ahead(at, now)}" if at > now else told


def spelled(at: Millis, now: Millis, zone: ZoneInfo) -> str:
    """A moment as the zone's clocks show it: Thu 26 Nov 18:00 (Europe/Berlin)."""
    local = local_time(at, zone)
    return f"{named(local.date(), now, zone)} {local:%H:%M} ({zone.key})"


def ahead(at: Millis, now: Millis) -> str:
    """The time until a moment: in 8 hours."""
    return f"in {_span(at - now)}"


def waited(span: Millis) -> str:
    """A person's wait: has waited 8 hours."""
    return f"has waited {_span(span)}"


def stamp(at: Millis) -> str:
    """The same moment as Discord shows it to each reader in their own zone."""
    return f"<t:{at // 1000}:F>"


def for_you(at: Millis) -> str:
    """A moment on the reader's own clock, behind it in a zone's words: with its day, which may be another."""
    # Nobody but Discord knows the reader's zone, so it is not known either whose midnight lies between.
    return f"for you <t:{at // 1000}:f>"


def date_of(at: Millis) -> str:
    return f"<t:{at // 1000}:D>"


def ago(at: Millis) -> str:
    """The time since then, likewise; it goes on by itself."""
    return f"<t:{at // 1000}:R>"


def lasting(span: Millis) -> str:
    """A span, as short as it can be read: 45 s, 12 min, 3 h 5 min, 2 days."""
    seconds = span // 1000
    minutes, hours = seconds // 60, seconds // 3600
    if minutes < 1:
        return f"{seconds} s"
    if hours < 1:
        return f"{minutes} min"
    if hours < 48:  # noqa: PLR2004 - two days
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    return f"{hours // 24} days"


def answering_since(by: DiscordId, since: Millis, now: Millis) -> str:
    """The member answering a fan, with the date unless it began today."""
    # Each reader has a midnight of their own, and Discord does not tell when it is.
    today = since // _DAY == now // _DAY and now - since < _DAY // 2
    return f"<@{by}> has been answering this fan since <t:{since // 1000}:{'t' if today else 'f'}>."


def named(day: date, now: Millis, zone: ZoneInfo) -> str:
    """A day in its year: Thu 26 Nov, or Sat 2 Jan 2027."""
    year = "" if day.year == local_time(now, zone).year else f" {day.year}"
    return f"{_WEEKDAYS[day.weekday()]} {day_and_month(day)}{year}"


def day_and_month(day: date) -> str:
    """A day of any year: 26 Nov."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def local_time(at: Millis, zone: ZoneInfo) -> datetime:
    """The date and time in the zone."""
    return datetime.fromtimestamp(at / 1000, tz=UTC).astimezone(zone)


def _span(millis: Millis) -> str:
    minutes = millis // _MINUTE
    if minutes < 1:
        return "less than a minute"
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return " ".join([_many(days, "day"), *([_many(hours, "hour")] if hours else [])])
    return " ".join(_many(n, unit) for n, unit in ((hours, "hour"), (rest, "minute")) if n)


def _many(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
