"""Records out of rows, and rows out of records, by the names of their fields."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

from storage.database import Row, Value

R = TypeVar("R")

_KINDS_OF_COLUMN = ("_uuid", "_id", "_at", "_ct")


def record_of(kind: type[R], row: Row, /, **others: Any) -> R:
    """Make a record from a row; `others`: the fields that are not a column as it is, by their names.

    A column may say behind the field's name which kind of value it holds: `creator` is found as
    `creator_uuid`, `card` as `card_id`, `due` as `due_at`, `body` as `body_ct`. A bool, bytes or a StrEnum is
    made from the database's value, and None stays None. A default does not stand in for a column: a query
    that forgot one would pass for an answer.

    Raises TypeError when a field has neither a column nor a value in `others`, or more than one column could
    be meant.
    """
    for field, column, convert in _columns_of(kind, tuple(row.keys()), frozenset(others)):  # type: ignore[arg-type]  # a class can be hashed
        value = row[column]
        others[field] = value if convert is None or value is None else convert(value)
    return kind(**others)


def row_of(record: object, columns: Iterable[str], /, **others: Value) -> dict[str, Value]:
    """Make these columns of a row from a record, as `record_of` reads them; `others`: columns by their names.

    Raises KeyError when a column is neither a field nor given.
    """
    values = vars(record) | others
    return {column: values[column if column in values else _field_of(column)] for column in columns}


@cache
def _columns_of(
    kind: type, columns: Sequence[str], others: frozenset[str]
) -> Sequence[tuple[str, str, Callable[[Any], object] | None]]:
    """Each field that a row with these columns fills: its name, its column, and what converts the value."""
    hints = get_type_hints(kind)
    found = []
    for field in fields(kind):
        if field.name in others:
            continue
        column = _column_of(kind, field.name, columns)
        if column is None:
            raise TypeError(f"{kind.__name__}.{field.name} has no column among {', '.join(columns)}.")
        found.append((field.name, column, _conversion_to(hints[field.name])))
    return found


def _column_of(kind: type, field: str, columns: Sequence[str]) -> str | None:
    if field in columns:
        return field
    meant = [field + ending for ending in _KINDS_OF_COLUMN if field + ending in columns]
    if len(meant) > 1:
        raise TypeError(f"{kind.__name__}.{field} may be any of the columns {', '.join(meant)}.")
    return meant[0] if meant else None


def _field_of(column: str) -> str:
    ending = next((ending for ending in _KINDS_OF_COLUMN if column.endswith(ending)), "")
    return column.removesuffix(ending)


def _conversion_to(hint: Any) -> Callable[[Any], object] | None:
    for kind in get_args(hint) if isinstance(hint, UnionType) else (hint,):
        if isinstance(kind, type) and issubclass(kind, bool | bytes | StrEnum):
            return kind
    return None
