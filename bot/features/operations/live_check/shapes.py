"""The shape of an answer: names, kinds and numbers, and never a value (pure)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel

from bot.fanvue.rows import FanvueRow, FanvueRowError, read
from bot.features.operations.live_check.reads import LiveRead, RowPlace
from bot.model.events import is_known_type

_KINDS: Final = {
    str: "text",
    bool: "yes/no",
    int: "whole number",
    float: "fraction",
    type(None): "null",
    list: "list",
    dict: "object",
}
# A field's name: one that may be somebody's id or name is not told.
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z_]{0,39}")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z_.-]{0,39}")
_BY_ID: Final = ("results", "byChat")
_HIDDEN: Final = "*"
# The words that the bridge acts upon. Any other one is told, as nothing is done about it yet.
_MEDIA: Final = frozenset({"image", "video", "audio", "document", "unknown"})
WORDS: Final[Mapping[str, frozenset[str]]] = {
    "mediaType": _MEDIA,
    "audience": frozenset({"subscribers", "followers-and-subscribers"}),
    "currency": frozenset({"USD"}),
    "transactionOrderStatus": frozenset({"pendingBalance", "availableForPayout"}),
}
WORD_FIELDS: Final = frozenset({*WORDS, "type", "status"})
_STATUS: Final[Mapping[str, frozenset[str]]] = {
    "fan_insights": frozenset({"subscriber", "expired", "follower", "not_contactable"}),
    "media": frozenset({"ready", "created", "processing", "error"}),
    "mass_messages": frozenset({"SCHEDULED", "SENDING", "SENT", "FAILED", "MODERATED", "UNSENT"}),
}


@dataclass(frozen=True)
class AnswerShape:
    """What an answer looks like to the bridge."""

    rows: int
    fields: Mapping[str, str]  # the way to a field → the kinds of its values
    skipped: Mapping[str, int] = field(default_factory=dict)  # why rows cannot be read → how many
    unreadable: Sequence[str] = ()  # fields that came in a form that the bridge does not know
    absent: Sequence[str] = ()  # fields that the bridge reads, and that no row had
    lacking: Sequence[str] = ()  # fields that the bridge relies on, and that no row has
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)  # field → words that nobody knows

    @property
    def as_expected(self) -> bool:
        """Whether nothing of it is new, apart from fields that may be missing."""
        return not (self.skipped or self.unreadable or self.lacking or self.words)


def shape_of(wanted: LiveRead, body: Any) -> AnswerShape | None:
    """What came, as the bridge would read it; None where it has no rows at all where they should be."""
    rows = rows_in(wanted.place, body)
    if rows is None:
        return None
    return replace(shape_of_rows(wanted, rows), fields=fields_of(body, known=names_of(wanted.model)))


def shape_of_rows(wanted: LiveRead, rows: Sequence[Any]) -> AnswerShape:
    """The same of rows alone, without the names of all fields."""
    skipped: Counter[str] = Counter()
    unreadable: dict[str, None] = {}
    for row in rows:
        dropped: list[str] = []
        try:
            read(wanted.model, row, dropped)
        except FanvueRowError as error:
            skipped[str(error)] += 1
        unreadable.update(dict.fromkeys(dropped))
    objects = [row for row in rows if isinstance(row, dict)]
    return AnswerShape(
        rows=len(rows),
        fields={},
        skipped=dict(skipped),
        unreadable=sorted(unreadable),
        absent=_absent(wanted.model, objects) if objects else (),
        lacking=[name for name in wanted.relies if objects and all(row.get(name) is None for row in objects)],
        words=_new_words(wanted.name, objects),
    )


def rows_in(place: RowPlace, body: Any) -> Sequence[Any] | None:
    """The rows of an answer, wherever they are; None where they are not there."""
    if place is RowPlace.WHOLE:
        return [body] if isinstance(body, dict) else None
    if place is RowPlace.BY_ID:
        results = body.get("results") if isinstance(body, dict) else None
        # null: not found, or not bought
        return [row for row in results.values() if row is not None] if isinstance(results, dict) else None
    rows = body.get("data") if isinstance(body, dict) else body
    return rows if isinstance(rows, list) else None


def fields_of(body: Any, *, known: frozenset[str] = frozenset()) -> Mapping[str, str]:
    """Each way to a value with the kinds of what is there. Keys that may be ids or names are a star."""
    found: dict[str, set[str]] = {}
    for way, value in _walk("", body, known):
        found.setdefault(way, set()).add(_KINDS.get(type(value), "unknown"))
    return {way: " or ".join(sorted(kinds)) for way, kinds in sorted(found.items()) if way}


def names_of(model: type[BaseModel]) -> frozenset[str]:
    """The names of a model's fields, and of those below, as Fanvue writes them."""
    names: set[str] = set()
    for name, told in model.model_fields.items():
        names.add(told.alias or name)
        for inner in _models_in(told.annotation):
            names |= names_of(inner)
    return frozenset(names)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is not None:
        for part in get_args(annotation):
            yield from _models_in(part)


def _walk(way: str, value: Any, known: frozenset[str]) -> Iterator[tuple[str, Any]]:
    yield way, value
    if isinstance(value, list):
        for item in value:
            yield from _walk(f"{way}[]", item, known)
    elif isinstance(value, dict):
        stars = way.rsplit(".", 1)[-1] in _BY_ID or _is_map(value, known)
        for name, inner in value.items():
            shown = _HIDDEN if stars or not _NAME.fullmatch(name) else name
            yield from _walk(f"{way}.{shown}" if way else shown, inner, known)


def _is_map(value: Mapping[str, Any], known: frozenset[str]) -> bool:
    """Whether its keys are somebody's or something's: none is known, and all lead to objects."""
    return bool(value) and not known & set(value) and all(isinstance(one, dict) for one in value.values())


def _absent(model: type[FanvueRow], rows: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    names = (told.alias or name for name, told in model.model_fields.items())
    return [name for name in names if not any(name in row for row in rows)]


def _new_words(operation: str, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Sequence[str]]:
    """Words of Fanvue's own sets that nobody knows here; what is no word is told as such."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for name in sorted(row):
            value = row[name]
            if isinstance(value, str) and not _is_known(operation, name, value):
                found.setdefault(name, set()).add(value if _WORD.fullmatch(value) else "no word")
    return {name: sorted(words) for name, words in found.items()}


def _is_known(operation: str, name: str, value: str) -> bool:
    if name == "type":
        return operation not in {"messages", "message"} or is_known_type(value)
    known = _STATUS.get(operation) if name == "status" else WORDS.get(name)
    return known is None or value in known
