"""A table as a file for a spreadsheet, in which no cell is carried out (pure)."""

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins like a formula is carried out by a spreadsheet, also one that somebody else wrote. The
# sign before it says that it is text; where a text begins with that sign itself, there are two.
SIGN = "'"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", SIGN)

Cell = str | int | None


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A line for each, under the names of the columns; in UTF-8 with the mark by which Excel knows it."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return made.getvalue().encode("utf-8-sig", errors="replace")


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return SIGN + text if text.startswith(FORMULA) else text


def _cell(one: Cell) -> str | int:
    return defused(one) if isinstance(one, str) else "" if one is None else one
