"""The problem of a setting: the words that follow its name (pure).

A wrong setting is often a secret in the wrong place. So the written value is repeated only where a number, a
switch or a choice is tuned, which the bridge can do without, and only if it is shorter than any secret.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

MISSING = "is missing"
_OWN = "Value error, "  # what pydantic puts before the words of our own rules
_SHORT = 12
_ALIKE = 0.85  # PUBLIC_ULR and PUBLIC_URL are 0.9, two settings of ours may be closer
_KINDS = {"too_short": "must have at least one entry", "string_unicode": "must be UTF-8 text"}


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One setting that is missing or wrong, why, and where to get it."""

    name: str
    reason: str
    where: str = ""


def misspelt(written: Iterable[str], settings: Collection[str]) -> Iterator[SettingProblem]:
    """Names in the bridge's own file that are nearly settings; others may be for another program."""
    for name in written:
        if name not in settings and (meant := get_close_matches(name, settings, n=1, cutoff=_ALIKE)):
            yield SettingProblem(name, f"is no setting: did you mean {meant[0]}?")


def missing(name: str, written: Collection[str], settings: Collection[str]) -> str:
    """That it is missing, and what may have been meant for it."""
    others = [other for other in written if other not in settings]
    near = get_close_matches(name, others, n=1, cutoff=_ALIKE)
    return f"{MISSING}: did you mean it with {near[0]}?" if near else MISSING


def reason(wrong: ErrorDetails, field: FieldInfo, written: str) -> str:
    """The demand on the setting, and its value as far as that may be shown."""
    kind = wrong["type"]
    if kind == "missing":
        return MISSING
    if kind == "value_error":
        return wrong["msg"].removeprefix(_OWN) + _which(wrong, written)
    if kind in _KINDS:
        return _KINDS[kind]
    return f"must be {_allowed(field)}" + (f"; it is “{written}”" if _shown(field, written) else "")


def _which(wrong: ErrorDetails, written: str) -> str:
    """Of a list, which of its parts."""
    several = len(written.replace(",", " ").split()) > 1
    places = [part for part in wrong["loc"] if isinstance(part, int)]
    return f"; see number {places[0] + 1} of the list" if places and several else ""


def _allowed(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        *others, last = map(str, get_args(field.annotation))
        return f"{', '.join(others)} or {last}"
    if field.annotation is bool:
        return "true (on) or false (off)"
    whole = field.annotation is int
    return ("a whole number" if whole else "a number") + _range(field, whole=whole)


def _range(field: FieldInfo, *, whole: bool) -> str:
    least, most, above = (_bound(field, name) for name in ("ge", "le", "gt"))
    if above is not None:
        return f", {int(above) + 1} or more" if whole else f" above {above:g}"
    return f", {least:g} or more" if most is None else f" from {least:g} to {most:g}"


def _bound(field: FieldInfo, name: str) -> float | None:
    return next((found for one in field.metadata if (found := getattr(one, name, None)) is not None), None)


def _shown(field: FieldInfo, written: str) -> bool:
    return not field.is_required() and len(written) <= _SHORT and written.isprintable()
