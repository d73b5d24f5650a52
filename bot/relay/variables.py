"""`{fan_name|love}` in a template's text: checked, and filled in (pure).

What is filled in is only text: it is read once, so braces in somebody's name mean nothing.
"""

import re
from collections.abc import Mapping

from bot.relay.safe_text import one_line, safe

# What there is, and what people read about it.
VARIABLES: Mapping[str, str] = {
    "fan_name": "the fan's name",
    "handle": "the fan's handle on Fanvue, without the @",
    "creator": "the creator's name",
    "month": "the month it is for the creator, like “November”",
    "weekday": "the day of the week, likewise",
}
NAME_LIMIT = 40  # characters of a name that are filled in
_PIECE = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]")


class BadText(ValueError):
    """Raised for a text that cannot be filled in; str() is a sentence that says what to change."""


def check(text: str) -> None:
    """Whether every variable is known and every brace is closed. Raises BadText."""
    fill(text, dict.fromkeys(VARIABLES, "x"))


def fill(text: str, values: Mapping[str, str | None]) -> str:
    """The text with its variables' values, else their fallbacks. Raises BadText where neither is there."""
    return _PIECE.sub(lambda found: _value(found[0], values), text)


def value_of(name: str | None) -> str | None:
    """A name as it may be filled in: on one line, cut; None where nobody could read it as one."""
    line = one_line(name or "", NAME_LIMIT)
    return line if any(char.isalnum() for char in line) else None


def _value(piece: str, values: Mapping[str, str | None]) -> str:
    if piece in ("{{", "}}"):
        return piece[0]
    if len(piece) == 1:
        raise BadText(
            f"There is a lone {piece} in it. A variable looks like {{fan_name|love}}; for a brace itself "
            f"write {piece * 2}."
        )
    name, bar, fallback = piece[1:-1].partition("|")
    name = name.strip()
    if name not in VARIABLES:
        known = ", ".join(f"{{{one}}}" for one in VARIABLES)
        raise BadText(f"{safe(piece[:40])} is not a variable. There are: {known}.")
    found = values.get(name)
    if found is None and not (bar and fallback.strip()):
        raise BadText(
            f"Nothing is known to fill in for {{{name}}}. Give it something to fall back to, like "
            f"{{{name}|love}}."
        )
    return found if found is not None else fallback.strip()
