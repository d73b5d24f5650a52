"""Until when somebody snoozes: what is offered, and what is typed (pure)."""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.relay.moments import local_time
from bot.relay.when import NotATime, read_time
from storage.records import Millis

_EVENING = 20  # o'clock
_WORDS = {
    "tonight": f"tonight {_EVENING}:00",
    "tomorrow": "tomorrow 9:00",
    "next week": "monday 9:00",
}
_SPAN = re.compile(r"(\d|an? )")
_NOW = "Choose a time ahead, for example “tonight” or “in 2 hours”. /reopen brings a fan back at once."


def read_until(typed: str, now: Millis, zone: ZoneInfo) -> Millis:
    """The moment that was meant; a day alone is its morning, a span may stand alone. Raises `NotATime`."""
    text = " ".join(typed.casefold().split())
    at = _read(_WORDS.get(text, text), now, zone)
    if at is None:
        raise NotATime(_NOW)
    return at


def offered(now: Millis, zone: ZoneInfo) -> Sequence[tuple[str, str]]:
    """What to choose from at that time: words, and what is read from them later."""
    found = [("For 1 hour", "in 1 hour"), ("For 3 hours", "in 3 hours")]
    if local_time(now, zone).hour < _EVENING:
        found.append((f"Until tonight, {_EVENING}:00", _WORDS["tonight"]))
    found.append(("Until tomorrow, 9:00", _WORDS["tomorrow"]))
    found.append(("Until Monday, 9:00", _WORDS["next week"]))
    return found


def _read(text: str, now: Millis, zone: ZoneInfo) -> Millis | None:
    try:
        return read_time(text, now, zone)
    except NotATime:
        if not _SPAN.match(text):
            raise
        try:
            return read_time(f"in {text}", now, zone)
        except NotATime:
            pass
        raise
