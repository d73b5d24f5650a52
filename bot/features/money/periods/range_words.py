"""Days by their German and Spanish names, in the English ones (pure)."""

import re
from collections.abc import Mapping

from bot.text.calendar_names import folded

# What stands before days and says nothing of them.
ARTICLES = {
    *("the", "of", "from"),
    *("der", "die", "das", "den", "dem", "im", "vom", "von"),
    *("el", "la", "las", "los", "de", "del", "desde", "en"),
}
_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("heute", "hoy"), "today"),
    **dict.fromkeys(("gestern", "ayer"), "yesterday"),
    **dict.fromkeys(("woche", "semana", "diese woche", "dieser woche", "esta semana"), "this week"),
    **dict.fromkeys(("monat", "mes", "dieser monat", "diesen monat", "este mes"), "this month"),
    **dict.fromkeys(("jahr", "ano", "dieses jahr", "este ano"), "this year"),
    **dict.fromkeys(("letzte woche", "vorige woche", "vergangene woche", "semana pasada"), "last week"),
    **dict.fromkeys(("letzter monat", "letzten monat", "voriger monat", "vorigen monat"), "last month"),
    **dict.fromkeys(("vergangener monat", "vergangenen monat", "mes pasado"), "last month"),
    **dict.fromkeys(("letztes jahr", "voriges jahr", "vergangenes jahr", "ano pasado"), "last year"),
}
_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("tag", "tage", "tagen", "dia", "dias"), "days"),
    **dict.fromkeys(("woche", "wochen", "semana", "semanas"), "weeks"),
    **dict.fromkeys(("monat", "monate", "monaten", "mes", "meses"), "months"),
    **dict.fromkeys(("jahr", "jahre", "jahren", "ano", "anos"), "years"),
}
_LAST = re.compile(
    r"((?:letzte[nrs]?|vergangene[nrs]?|ultim[oa]s?) )?([1-9]\d{0,3}) ?"
    rf"({'|'.join(sorted(_UNITS, reverse=True))})"
)


def in_english(text: str) -> str:
    """Small letters without articles: a name or a number of days in English, anything else as it is."""
    plain = folded(text)
    if found := _LAST.fullmatch(plain):
        return f"{'last ' if found[1] else ''}{found[2]} {_UNITS[found[3]]}"
    return _NAMES.get(plain, text)


def written(text: str) -> str:
    """What was typed in small letters, with hyphens for all dashes, without articles."""
    hyphened = re.sub(r"[\u2010-\u2015\u2212]", "-", text.casefold().replace(",", " "))
    return " ".join(word for word in hyphened.split() if word not in ARTICLES)


def begun_by(begins: str, name: str) -> bool:
    """Whether a name, or a word of it, begins with what was typed so far, which is folded already."""
    said = folded(written(name))
    return said.startswith(begins) or f" {begins}" in said


def names_of(english: str) -> list[str]:
    """The other names of the same days."""
    return [other for other, name in _NAMES.items() if name == english]
