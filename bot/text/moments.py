"""A moment in a zone's words: its clocks, and the time until it (pure)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.model.language import msgid, msgid_many, tr, tr_many
from storage.records import DiscordId, Millis

_MINUTE = 60_000
_DAY = 86_400_000
# Each whole, with days apart: after "in" or "for" many languages have other forms of them.
_AHEAD = (
    msgid("in less than a minute"),
    msgid("in {span}"),  # of hours and minutes
    msgid_many("in {n} day", "in {n} days"),
)
_WAITED = (
    msgid("has waited less than a minute"),
    msgid("has waited {span}"),
    msgid_many("has waited {n} day", "has waited {n} days"),
)
_WEEKDAYS = (
    *(msgid("Mon"), msgid("Tue"), msgid("Wed"), msgid("Thu")),
    *(msgid("Fri"), msgid("Sat"), msgid("Sun")),
)
_MONTHS = (
    *(msgid("Jan"), msgid("Feb"), msgid("Mar"), msgid("Apr"), msgid("May"), msgid("Jun")),
    *(msgid("Jul"), msgid("Aug"), msgid("Sep"), msgid("Oct"), msgid("Nov"), msgid("Dec")),
)


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
    return _spanned(at - now, *_AHEAD)


def waited(span: Millis) -> str:
    """A person's wait: has waited 8 hours."""
    return _spanned(span, *_WAITED)


def stamp(at: Millis) -> str:
    """The same moment as Discord shows it to each reader in their own zone."""
    return f"<t:{at // 1000}:F>"


def for_you(at: Millis) -> str:
    """A moment on the reader's own clock, behind it in a zone's words: with its day, which may be another."""
    # Nobody but Discord knows the reader's zone, so it is not known either whose midnight lies between.
    return tr("for you <t:{at}:f>", at=at // 1000)


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
        return tr("{minutes} min", minutes=minutes)
    if hours < 48:  # noqa: PLR2004 - two days
        return (
            tr("{hours} h {minutes} min", hours=hours, minutes=minutes % 60) if minutes % 60 else f"{hours} h"
        )
    return tr_many("{n} day", "{n} days", hours // 24)


def answering_since(by: DiscordId, since: Millis, now: Millis) -> str:
    """The member answering a fan, with the date unless it began today."""
    # Each reader has a midnight of their own, and Discord does not tell when it is.
    today = since // _DAY == now // _DAY and now - since < _DAY // 2
    begun = f"<t:{since // 1000}:{'t' if today else 'f'}>"
    # Translators: {since} is a time of day, with its date unless it is today.
    return tr("<@{by}> has been answering this fan since {since}.", by=by, since=begun)


def named(day: date, now: Millis, zone: ZoneInfo) -> str:
    """A day in its year: Thu 26 Nov, or Sat 2 Jan 2027."""
    year = "" if day.year == local_time(now, zone).year else f" {day.year}"
    return f"{tr(_WEEKDAYS[day.weekday()])} {day_and_month(day)}{year}"


def day_and_month(day: date) -> str:
    """A day of any year: 26 Nov."""
    return tr("{day} {month}", day=day.day, month=tr(_MONTHS[day.month - 1]))


def local_time(at: Millis, zone: ZoneInfo) -> datetime:
    """The date and time in the zone."""
    return datetime.fromtimestamp(at / 1000, tz=UTC).astimezone(zone)


def _spanned(millis: Millis, moment: str, short: str, days_long: tuple[str, str]) -> str:
    minutes = millis // _MINUTE
    if minutes < 1:
        return tr(moment)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return " ".join([tr_many(*days_long, days), *([_hours(hours)] if hours else [])])
    minute = [tr_many("{n} minute", "{n} minutes", rest)] if rest else []
    return tr(short, span=" ".join([*([_hours(hours)] if hours else []), *minute]))


def _hours(hours: int) -> str:
    return tr_many("{n} hour", "{n} hours", hours)
