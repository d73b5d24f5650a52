"""Strict shapes of request bodies, refused in Discord's nested error format."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

_ignoring = ContextVar("ignoring", default=False)


@contextmanager
def unknown_ignored() -> Iterator[None]:
    """Within it, a field that no form knows is no problem, as at Discord."""
    before = _ignoring.set(True)
    try:
        yield
    finally:
        _ignoring.reset(before)


@dataclass(frozen=True, slots=True)
class ShapeProblem:
    """One thing that is wrong at one place of a body."""

    path: tuple[str, ...]
    code: str
    message: str


class BodyShape(Protocol):
    """The required shape of a value; `problems` yields every deviation from it."""

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        """Yield what is wrong with the value at this path; nothing when it fits."""


@dataclass(frozen=True, slots=True)
class AnythingShape:
    """No rule of its own; used where another module checks."""

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        del value, path
        return iter(())


@dataclass(frozen=True, slots=True)
class TextShape:
    """A string within a length."""

    high: int | None = None
    low: int = 0
    null: bool = True

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        """A wrong type or a wrong length."""
        if value is None and self.null:
            return
        if not isinstance(value, str):
            yield ShapeProblem(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        elif self.low and not self.low <= len(value) <= (self.high or len(value)):
            yield ShapeProblem(
                path, "BASE_TYPE_BAD_LENGTH", f"Must be between {self.low} and {self.high} in length."
            )
        elif self.high is not None and len(value) > self.high:
            yield ShapeProblem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {self.high} or fewer in length.")


@dataclass(frozen=True, slots=True)
class NumberShape:
    """A number within bounds; whole unless said otherwise."""

    low: float | None = None
    high: float | None = None
    null: bool = True
    whole: bool = True

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        """A wrong type or a value out of bounds."""
        if value is None and self.null:
            return
        fits = isinstance(value, int) or (isinstance(value, float) and not self.whole)
        if isinstance(value, bool) or not fits:
            kind = "int" if self.whole else "float"
            yield ShapeProblem(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not {kind}.')
        elif self.low is not None and value < self.low:
            yield ShapeProblem(
                path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {self.low}."
            )
        elif self.high is not None and value > self.high:
            yield ShapeProblem(
                path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {self.high}."
            )


@dataclass(frozen=True, slots=True)
class BitsShape:
    """A bit set, as a number or (what discord.py sends for permissions) as a string of digits."""

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return
        if not (isinstance(value, str) and value.isdecimal()):
            yield ShapeProblem(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')


@dataclass(frozen=True, slots=True)
class FlagShape:
    null: bool = True

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        if not (isinstance(value, bool) or (value is None and self.null)):
            yield ShapeProblem(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


@dataclass(frozen=True, slots=True)
class IdShape:
    """A snowflake, as a string of digits or (what discord.py sends in some places) as a number."""

    null: bool = True

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        if value is None and self.null:
            return
        whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        if not whole and not (isinstance(value, str) and value.isdecimal()):
            yield ShapeProblem(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')


@dataclass(frozen=True, slots=True)
class ChoiceShape:
    """One of a few values."""

    values: tuple[Any, ...]
    null: bool = True

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        """None of them."""
        if value is None and self.null:
            return
        if isinstance(value, bool) or value not in self.values:
            yield ShapeProblem(path, "BASE_TYPE_CHOICES", f"Value must be one of {self.values}.")


@dataclass(frozen=True, slots=True)
class ListShape:
    """A list of one shape, no longer than `high`."""

    item: BodyShape
    high: int | None = None
    low: int = 0
    null: bool = True

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        """Not a list, a wrong length, or a wrong item."""
        if value is None and self.null:
            return
        if not isinstance(value, list):
            yield ShapeProblem(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return
        if len(value) < self.low or (self.high is not None and len(value) > self.high):
            yield ShapeProblem(
                path, "BASE_TYPE_BAD_LENGTH", f"Must be between {self.low} and {self.high} in length."
            )
        for number, item in enumerate(value):
            yield from self.item.problems(item, (*path, str(number)))


@dataclass(frozen=True, slots=True)
class FormShape:
    """An object with named fields and no others."""

    fields: Mapping[str, BodyShape]
    required: frozenset[str] = field(default_factory=frozenset)
    null: bool = True

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        """Not an object, a field too few, a field too many, or a field that does not fit."""
        if value is None and self.null:
            return
        if not isinstance(value, dict):
            yield ShapeProblem(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            return
        for name in sorted(self.required - value.keys()):
            yield ShapeProblem((*path, name), "BASE_TYPE_REQUIRED", "This field is required")
        for name, item in value.items():
            shape = self.fields.get(name)
            if shape is None and _ignoring.get():
                continue
            if shape is None:
                # Discord ignores unknown fields; a strict stand-in refuses them, so that a typo is found.
                yield ShapeProblem((*path, name), "SANDBOX_UNKNOWN_FIELD", "This field does not exist here.")
            else:
                yield from shape.problems(item, (*path, name))


@dataclass(frozen=True, slots=True)
class ByTypeShape:
    """One of several forms, chosen by the number in the field `type`."""

    forms: Mapping[int, BodyShape]

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        """Not an object, a type that does not belong here, or a body that does not fit its type."""
        kind = value.get("type") if isinstance(value, dict) else None
        shape = self.forms.get(kind) if isinstance(kind, int) and not isinstance(kind, bool) else None
        if shape is None:
            known = tuple(sorted(self.forms))
            yield ShapeProblem(
                (*path, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {known}.'
            )
        else:
            yield from shape.problems(value, path)


def form(required: str = "", /, *, null: bool = True, **fields: BodyShape) -> FormShape:
    """A form whose required fields are named in one string, separated by spaces."""
    return FormShape(fields, frozenset(required.split()), null)


def nested(problems: list[ShapeProblem]) -> dict[str, Any]:
    """The problems as the nested object that Discord puts under `errors`."""
    root: dict[str, Any] = {}
    for problem in problems:
        node = root
        for step in problem.path:
            node = node.setdefault(step, {})
        node.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return root
