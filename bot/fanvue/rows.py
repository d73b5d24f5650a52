"""Reads one row of Fanvue's JSON, as much of it as can be read.

A field that is there in an unreadable form counts as missing; an `essential` one makes the row
unreadable.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from bot.fanvue.errors import RequestUnclear
from bot.fanvue.values import cents_of, clean, millis_of
from storage.records import Cents, Millis

At = Annotated[Millis | None, BeforeValidator(millis_of)]
Money = Annotated[Cents | None, BeforeValidator(cents_of)]
Text = Annotated[str, AfterValidator(clean)]


class FanvueRow(BaseModel):
    """The tolerant form of everything below."""

    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_camel, populate_by_name=True)
    essential: ClassVar[frozenset[str]] = frozenset()

    def tells(self, name: str) -> bool:
        """Whether Fanvue says something readable of this field, even that it is empty."""
        return name in self.model_fields_set


R = TypeVar("R", bound=FanvueRow)


_MOST_PASSES = 4


class FanvueRowError(ValueError):
    """Raised for one row; its message names the field, never a value."""


def read(model: type[R], value: Any, dropped: list[str] | None = None) -> R:
    """One row, as much of it as can be read; `dropped` gets the fields left out. Raises FanvueRowError."""
    if not isinstance(value, dict):
        raise FanvueRowError("not an object")
    absent = sorted(name for name in model.essential if value.get(name) in (None, ""))
    if absent:
        raise FanvueRowError(f"no {', '.join(absent)}")
    rest = value
    for _ in range(_MOST_PASSES):
        try:
            return model.model_validate(rest)
        except ValidationError as error:
            problems = [(problem["type"], problem["loc"]) for problem in error.errors(include_input=False)]
        rest = deepcopy(rest)
        for kind, place in problems:
            if dropped is not None:
                dropped.append(".".join(str(step) for step in place if isinstance(step, str)))
            _drop(rest, place[:-1] if kind == "missing" else place, model.essential)
    raise FanvueRowError("too much of it is not readable")


def _drop(row: dict[str, Any], place: Sequence[int | str], essential: frozenset[str]) -> None:
    """Take the unreadable part out, as little as possible around it."""
    head = place[0] if place else None
    if head is None or (head in essential and len(place) == 1):
        raise FanvueRowError(f"no readable {head or 'object'}")
    inner: Any = row
    for step in place[:-1]:
        inner = _inside(inner, step)
    last = place[-1]
    if isinstance(inner, dict) and last in inner:
        del inner[last]
    elif isinstance(inner, list) and isinstance(last, int) and last < len(inner) and inner[last] is not None:
        inner[last] = None
    elif head in essential:
        raise FanvueRowError(f"no readable {head}")
    else:
        row.pop(str(head), None)


def _inside(value: Any, step: int | str) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


def answer(model: type[R], value: Any) -> R:
    """One whole answer. Raises Unclear: with it missing, nobody knows what was done."""
    try:
        return read(model, value)
    except FanvueRowError as error:
        raise RequestUnclear(f"Fanvue's answer was not readable: {error}") from error
