"""A span from now as people type it: English, German, Spanish (pure)."""

import re
from collections.abc import Mapping

_UNITS: Mapping[str, int] = {  # minutes
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "hora", "horas"), 60),
    **dict.fromkeys(("d", "day", "days", "tag", "tage", "tagen", "dia", "dias", "día", "días"), 24 * 60),
    **dict.fromkeys(("w", "week", "weeks", "woche", "wochen", "semana", "semanas"), 7 * 24 * 60),
}
_ONE = ("a", "an", "ein", "eine", "einem", "einen", "einer", "un", "una")
_SPAN = (
    rf"(\d{{1,4}}|(?:{'|'.join(sorted(_ONE, reverse=True))})(?= )) ?"
    rf"({'|'.join(sorted(_UNITS, reverse=True))})(?![^\W\d_])\.?"
)
_IN = re.compile(rf"(?:in|en|dentro)(?: ?(?:(?:and|und|y) )?{_SPAN})+")
_HALF = re.compile(r"\b(?:einer halben stunde|media hora)\b")
_ALONE = re.compile(r"\d|(?:an?|eine?[mnr]?|una?|media) ")


def minutes_in(text: str) -> int | None:
    """The minutes of “in 2 hours”, in small letters and without articles; None: it is no span."""
    text = _HALF.sub("30 min", text)
    if not _IN.fullmatch(text):
        return None
    spans = re.findall(_SPAN, text)
    return sum((1 if much in _ONE else int(much)) * _UNITS[unit] for much, unit in spans)


def may_be_a_span(text: str) -> bool:
    """Whether small letters begin as a span without its “in” does."""
    return _ALONE.match(text) is not None
