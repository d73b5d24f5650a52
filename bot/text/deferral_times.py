"""Until when something is put off, as a person writes it (pure)."""

from zoneinfo import ZoneInfo

from bot.model.language import tr
from bot.text.calendar_names import folded
from bot.text.typed_spans import may_be_a_span
from bot.text.typed_times import NotATime, read_time
from storage.records import Millis

EVENING = 20  # o'clock
TONIGHT, TOMORROW, NEXT_WEEK = f"tonight {EVENING}:00", "tomorrow 9:00", "monday 9:00"
_WORDS = {
    **dict.fromkeys(("tonight", "heute abend", "esta noche"), TONIGHT),
    **dict.fromkeys(("tomorrow", "morgen", "manana"), TOMORROW),
    **dict.fromkeys(("morgen fruh", "manana por la manana"), TOMORROW),
    **dict.fromkeys(("next week", "nachste woche", "naechste woche", "kommende woche"), NEXT_WEEK),
    **dict.fromkeys(("la proxima semana", "proxima semana", "la semana que viene"), NEXT_WEEK),
}


def read_until(typed: str, now: Millis, zone: ZoneInfo) -> Millis:
    """The moment ahead that was meant; some words have an hour, a span may stand alone. Raises `NotATime`."""
    text = " ".join(typed.casefold().split())
    at = _read(_WORDS.get(folded(text), text), now, zone)
    if at is None:
        raise NotATime(tr("Choose a time in the future, for example “tonight” or “in 2 hours”."))
    return at


def _read(text: str, now: Millis, zone: ZoneInfo) -> Millis | None:
    try:
        return read_time(text, now, zone)
    except NotATime:
        if not may_be_a_span(text):
            raise
        try:
            return read_time(f"in {text}", now, zone)
        except NotATime:
            pass
        raise
