"""The shapes of requests; anything else is refused in words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

Kind = Literal["text", "integer", "boolean", "uuid", "moment", "shape", "nothing"]
Many = Literal["", "array", "repeat", "comma"]

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class RequestField:
    """One field of a body or one query parameter."""

    kind: Kind = "text"
    required: bool = False
    null: bool = False
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    many: Many = ""
    items: tuple[int, int] = (0, 10_000)
    pattern: str = ""
    shape: Mapping[str, "RequestField"] | None = None

    def problems(self, name: str, value: Any) -> Iterator[str]:
        """Sentences on what is wrong with this value; none when it is right."""
        if value is None:
            if not self.null:
                yield f"{name} must not be null"
        elif self.many:
            yield from self._many(name, value)
        else:
            yield from self._one(name, value)

    def _many(self, name: str, value: Any) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{name} must be an array"
            return
        low, high = self.items
        if not low <= len(value) <= high:
            yield f"{name} must have {low} to {high} items"
        single = replace(self, many="")
        for place, item in enumerate(value):
            yield from single.problems(f"{name}[{place}]", item)

    def _one(self, name: str, value: Any) -> Iterator[str]:
        if self.kind == "shape":
            yield from problems(self.shape or {}, value, f"{name}.")
        elif self.kind == "integer":
            yield from self._integer(name, value)
        elif self.kind == "boolean":
            if not isinstance(value, bool):
                yield f"{name} must be a boolean"
        elif self.kind == "nothing":
            yield f"{name} is not accepted here"
        elif not isinstance(value, str):
            yield f"{name} must be a string"
        else:
            yield from self._string(name, value)

    def _integer(self, name: str, value: Any) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield f"{name} must be a whole number"
        elif self.low is not None and value < self.low:
            yield f"{name} must be at least {self.low}"
        elif self.high is not None and value > self.high:
            yield f"{name} must be at most {self.high}"

    def _string(self, name: str, value: str) -> Iterator[str]:
        if self.kind == "uuid" and not is_uuid(value):
            yield f"{name} must be a UUID"
        elif self.kind == "moment" and parse_moment(value) is None:
            yield f"{name} must be an ISO 8601 instant with offset"
        elif self.choices and value not in self.choices:
            yield f"{name} must be one of {', '.join(self.choices)}"
        elif self.low is not None and len(value) < self.low:
            yield f"{name} must have at least {self.low} characters"
        elif self.high is not None and len(value) > self.high:
            yield f"{name} must have at most {self.high} characters"
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield f"{name} must match {self.pattern}"


Shape = Mapping[str, RequestField]


def problems(shape: Shape, value: Any, prefix: str = "") -> Iterator[str]:
    """Yield the problems in a JSON object of this shape."""
    if not isinstance(value, dict):
        yield f"{prefix.rstrip('.') or 'body'} must be an object"
        return
    for name in value.keys() - shape.keys():
        yield f"{prefix}{name} is not a known field"
    for name, field in shape.items():
        if name in value:
            yield from field.problems(prefix + name, value[name])
        elif field.required:
            yield f"{prefix}{name} is required"


def read_query(shape: Shape, pairs: list[tuple[str, str]]) -> tuple[dict[str, Any], list[str]]:
    """The query as values of the right types, and what is wrong with it."""
    values: dict[str, Any] = {}
    wrong = []
    for name, raw in pairs:
        field = shape.get(name)
        if field is None:
            wrong.append(f"{name} is not a known query parameter")
        elif field.many:
            values.setdefault(name, []).extend(raw.split(",") if field.many == "comma" else [raw])
        elif name in values:
            wrong.append(f"{name} is given twice")
        else:
            values[name] = _number(raw) if field.kind == "integer" else raw
    wrong.extend(problems({name: shape[name] for name in shape}, values))
    return values, wrong


def is_uuid(value: str) -> bool:
    return _UUID.fullmatch(value) is not None


def parse_moment(value: str) -> datetime | None:
    """An instant with its offset, or None; a bare date or a local time is none."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _number(raw: str) -> int | str:
    return int(raw) if re.fullmatch(r"-?\d{1,300}", raw) else raw
