"""`{fan_name|love}` in a template's text: checked, and filled in (pure).

What is filled in is only text: it is read once, so braces in somebody's name mean nothing.
"""

import re
from collections.abc import Mapping

from bot.model.language import msgid, tr
from bot.text.safe_text import one_line, safe

# What there is, and what people read about it.
VARIABLES: Mapping[str, str] = {
    "fan_name": msgid("the fan's name"),
    "handle": msgid("the fan's handle on Fanvue, without the @"),
    "creator": msgid("the creator's name"),
    "month": msgid("the creator's current month, like “November”"),
    "weekday": msgid("the creator's current day of the week"),
}
SHARED = ("creator", "month", "weekday")  # those that a text to many may have
_NO_BRACES = str.maketrans("", "", "{}")
NAME_LIMIT = 40  # characters of a name that are filled in
_PIECE = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]")
# What looks like a field in a text that was typed by hand; elsewhere it is written with two braces.
_FIELD = re.compile(r"\{+\s*(?P<name>[^\W\d]\w*)\s*(?:\|(?P<fallback>[^{}]*))?\}+")


class BadTemplateText(ValueError):
    """Raised for a text that cannot be filled in; str() is a sentence that says what to change."""


def check(text: str) -> None:
    """Whether every variable is known and every brace is closed. Raises BadTemplateText."""
    fill(text, dict.fromkeys(VARIABLES, "x"))


def fill(text: str, values: Mapping[str, str | None]) -> str:
    """The text with its variables' values, else their fallbacks. Raises BadTemplateText where neither is
    there.
    """
    return _PIECE.sub(lambda found: _value(found[0], values), text)


def fill_typed(text: str, values: Mapping[str, str | None]) -> str:
    """The same of a text that was typed by hand, in which any brace that is no field's is only a brace.

    `values`: the fields that there are for this text. Raises BadTemplateText where one is unknown or has
    nothing to say, so that no fan ever reads a field itself.
    """
    said = _FIELD.sub(lambda found: _typed_value(found, values), text)
    if left := _FIELD.search(said):  # braces around braces
        raise BadTemplateText(tr("{field} would be sent as is. Remove its braces.", field=safe(left[0][:40])))
    return said


def has_fields(text: str) -> bool:
    """Whether `fill_typed` has anything to fill in, or to refuse."""
    return _FIELD.search(text) is not None


def value_of(name: str | None) -> str | None:
    """A name as it may be filled in: on one line, cut; None where nobody could read it as one.

    Without braces: a text that is filled in once more later has no fields in it by then.
    """
    line = one_line((name or "").translate(_NO_BRACES), NAME_LIMIT)
    return line if any(char.isalnum() for char in line) else None


def _typed_value(found: re.Match[str], values: Mapping[str, str | None]) -> str:
    name, fallback = found["name"].lower(), (found["fallback"] or "").strip()
    value = values.get(name)
    if value is not None:
        return value
    if fallback and name in VARIABLES:
        return fallback
    known = ", ".join(f"{{{one}}}" for one in values)
    if name not in VARIABLES:
        raise BadTemplateText(
            tr("{field} is not a field. Fields here: {known}.", field=safe(found[0][:40]), known=known)
        )
    if name not in values:
        raise BadTemplateText(
            tr(
                "Everyone gets the same text, so {{{name}}} can't be filled in. Add what to say "
                "instead, like {{{name}|love}}, or use {known}.",
                name=name,
                known=known,
            )
        )
    raise BadTemplateText(
        tr(
            "We don't know what to write for {{{name}}} here. Add what to say instead, like {{{name}|love}}.",
            name=name,
        )
    )


def _value(piece: str, values: Mapping[str, str | None]) -> str:
    if piece in ("{{", "}}"):
        return piece[0]
    if len(piece) == 1:
        raise BadTemplateText(
            tr(
                "There is a single {brace} in it. A variable looks like {{fan_name|love}}; for a "
                "brace itself write {twice}.",
                brace=piece,
                twice=piece * 2,
            )
        )
    name, bar, fallback = piece[1:-1].partition("|")
    name = name.strip()
    if name not in VARIABLES:
        known = ", ".join(f"{{{one}}}" for one in VARIABLES)
        raise BadTemplateText(
            tr("{field} is not a variable. These exist: {known}.", field=safe(piece[:40]), known=known)
        )
    found = values.get(name)
    if found is None and not (bar and fallback.strip()):
        raise BadTemplateText(
            tr("We have nothing to fill in for {{{name}}}. Add a fallback, like {{{name}|love}}.", name=name)
        )
    return found if found is not None else fallback.strip()
