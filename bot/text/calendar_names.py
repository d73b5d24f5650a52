"""Weekdays and months by name: English, German, Spanish (pure)."""

import unicodedata
from collections.abc import Mapping, Sequence

from bot.model.language import msgid

WEEKDAYS = (
    *(msgid("Monday"), msgid("Tuesday"), msgid("Wednesday"), msgid("Thursday")),
    *(msgid("Friday"), msgid("Saturday"), msgid("Sunday")),
)
GERMAN_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_LEAST = 3  # letters by which a name is known
# Where a beginning fits names of two languages, the earlier language has it: “mar” is March.
_WEEKDAYS: Sequence[Sequence[str]] = (
    [day.casefold() for day in WEEKDAYS],
    GERMAN_WEEKDAYS,
    ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"],
)
_MONTHS: Sequence[Sequence[str]] = (
    [
        *("january", "february", "march", "april", "may", "june"),
        *("july", "august", "september", "october", "november", "december"),
    ],
    [
        *("januar", "februar", "marz", "april", "mai", "juni"),
        *("juli", "august", "september", "oktober", "november", "dezember"),
    ],
    [
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ],
)
# Names that are no beginning of one of these, among them the two letters of German calendars.
_OTHER_WEEKDAYS: Mapping[str, int] = {
    **dict(zip(("mo", "di", "mi", "do", "fr", "sa", "so"), range(7), strict=True)),
    "sonnabend": 5,
}
_NO_WEEKDAYS = {"die", "mit"}  # an article and a preposition
_OTHER_MONTHS: Mapping[str, int] = {"janner": 0, "maerz": 2, "mrz": 2, "set": 8, "setiembre": 8}


def folded(text: str) -> str:
    """The text in small letters without accents."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def weekday_named(word: str) -> int | None:
    """The weekday a word is, or begins with at least three letters; Monday is 0."""
    plain = folded(word)
    return None if plain in _NO_WEEKDAYS else _named(plain, _WEEKDAYS, _OTHER_WEEKDAYS)


def month_named(word: str) -> int | None:
    """The month a word is, or begins with at least three letters: 1 to 12."""
    found = _named(folded(word), _MONTHS, _OTHER_MONTHS)
    return None if found is None else found + 1


def _named(word: str, languages: Sequence[Sequence[str]], others: Mapping[str, int]) -> int | None:
    if word in others or len(word) < _LEAST:
        return others.get(word)
    each = (i for names in languages for i, name in enumerate(names) if name.startswith(word))
    return next(each, None)
