"""The time of day in what people type: English, German, Spanish (pure).

German and Spanish clocks are rewritten as 18:00 before they are looked for, so that one form is read.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.text.calendar_names import GERMAN_WEEKDAYS, folded, weekday_named

CLOCK = re.compile(
    r"(?<![\w:.+-])(?:(\d{1,2})(?::(\d\d))? ?(am|pm)|(\d{1,2}):(\d\d)|(noon|mittag|mediod[ií]a))(?![\w:+])"
)
_HOUR = r"(\d{1,2})(?:[:.](\d\d))?"
_H = r"(?: ?(?:hs?|hrs|horas)\b)?"
_ENDS = r"(?![\w:+.])"  # what follows no clock that is whole
_ADDED = r"(?! (?:y|menos) )"  # a quarter, or half an hour


def _written(found: re.Match[str]) -> str:
    hour, minute, *late = found.groups()
    if minute is not None and any(late):
        return found[0]
    return f"{hour}:{minute or next(filter(None, late), '00')}"


_FORMS: Sequence[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = (
    # “am Montag” follows in German what would be a half of the day in English
    (re.compile(rf"(?<![\w:.]){_HOUR} ?uhr(?: (\d\d){_ENDS})?(?: am\b)?"), _written),
    (re.compile(rf"\bum {_HOUR}(?: am\b)?{_ENDS}(?! ?pm\b)"), _written),
    (re.compile(rf"\ba las? {_HOUR}{_H}{_ENDS}{_ADDED}(?! ?[ap]m\b)"), _written),
    (re.compile(r"\ba las? (?=[\d:.]+ ?[ap]m\b)"), ""),
    (re.compile(rf"\b(12):(\d\d) am (?={'|'.join(GERMAN_WEEKDAYS)})"), r"\1:\2 "),
    (re.compile(r"\b(1[3-9]|2[0-3]):(\d\d) (?:am|hs?|hrs|horas)\b"), r"\1:\2"),
    (re.compile(r"\b(1[3-9]|2[0-3]):(\d\d)(?:hs?|hrs)\b"), r"\1:\2"),
    # “la mañana” is the morning, and “mañana” tomorrow
    (re.compile(r"\b(?:de|por|en|a) la ma[nñ]ana\b"), "vormittags"),
    (re.compile(r"\besta ma[nñ]ana\b"), "hoy vormittags"),
    (re.compile(r"\besta (tarde|noche)\b"), r"hoy \1"),
    (re.compile(r"\b(?:de|por|en|a) la (tarde|noche|madrugada)\b"), r"\1"),
    (re.compile(r"\bdel mediod[ií]a\b"), "mittags"),
)
_MORNING, _NOON, _AFTERNOON, _EVENING = "morning", "noon", "afternoon", "evening"
_PARTS: Mapping[str, str] = {
    **dict.fromkeys(("fruh", "frueh", "vormittag", "vormittags", "morgens", "madrugada"), _MORNING),
    "mittags": _NOON,
    **dict.fromkeys(("nachmittag", "nachmittags", "tarde"), _AFTERNOON),
    **dict.fromkeys(("abend", "abends", "noche"), _EVENING),
}
# Of each part of the day: its hours, and those that are so many after noon in it.
_HOURS: Mapping[str, tuple[range, range]] = {
    _MORNING: (range(12), range(0)),
    _NOON: (range(11, 15), range(1, 3)),
    _AFTERNOON: (range(12, 21), range(1, 9)),
    _EVENING: (range(17, 24), range(5, 12)),
}


@dataclass(frozen=True)
class ClockTime:
    """An hour and a minute of a day."""

    hour: int
    minute: int

    def __str__(self) -> str:
        return f"{self.hour:02d}:{self.minute:02d}"


def with_clocks(text: str) -> str:
    """Small letters with the clocks of German and Spanish as 18:00, and parts of the day as one word."""
    for form, clock in _FORMS:
        text = form.sub(clock, text)
    return text


def clock_of(found: re.Match[str]) -> ClockTime | None:
    """The time of day that `CLOCK` found; None: no day has it."""
    half, noon = found[3], found[6]
    hour, minute = int(found[1] or found[4] or 12), int(found[2] or found[5] or 0)
    if half is not None:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - the hours of a clock with two halves
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif noon is not None:
        return ClockTime(12, 0)
    return ClockTime(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - of a day


def without_part(day: str) -> tuple[str, str | None]:
    """The words of a day, and the part of the day among them."""
    words = day.split()
    for place, word in enumerate(words):
        if (part := _PARTS.get(folded(word))) is not None:
            return " ".join(words[:place] + words[place + 1 :]), part
    match words:
        case [first, "morgen"] if first == "heute" or weekday_named(first) is not None:
            return first, _MORNING
    return day, None


def in_part(clock: ClockTime, part: str | None, *, half: bool) -> ClockTime | None:
    """The clock in that part of the day: 8:00 in the evening is 20:00; None: no such. `half`: it said pm."""
    if part is None:
        return clock
    hours, after_noon = _HOURS[part]
    if clock.hour in hours:
        return clock
    return ClockTime(clock.hour + 12, clock.minute) if clock.hour in after_noon and not half else None
