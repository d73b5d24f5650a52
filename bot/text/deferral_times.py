"""Until when something is put off, as a person writes it (pure)."""

import re
from zoneinfo import ZoneInfo

from bot.text.typed_times import NotATime, read_time
from storage.records import Millis

EVENING = 20  # o'clock
TONIGHT, TOMORROW, NEXT_WEEK = f"tonight {EVENING}:00", "tomorrow 9:00", "monday 9:00"
_WORDS = {"tonight": TONIGHT, "tomorrow": TOMORROW, "next week": NEXT_WEEK}
_SPAN = re.compile(r"(\d|an? )")
_NOW = "Choose a time in the future, for example “tonight” or “in 2 hours”."


def read_until(typed: str, now: Millis, zone: ZoneInfo) -> Millis:
    """The moment ahead that was meant; some words have an hour, a span may stand alone. Raises `NotATime`."""
    text = " ".join(typed.casefold().split())
    at = _read(_WORDS.get(text, text), now, zone)
    if at is None:
        raise NotATime(_NOW)
    return at


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
