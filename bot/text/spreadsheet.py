"""A table as a file for a spreadsheet, in which no cell is carried out (pure)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

# A cell that begins like a formula is carried out by a spreadsheet, also one that somebody else wrote. The
# sign before it says that it is text; where a text begins with that sign itself, there are two.
SIGN = "'"
_BEGINS = "[=+@\uff1d\uff0b\uff0d\uff20'-]"
# A reader that takes another character for the separator begins a cell after each of them in a text.
_FIRST = re.compile(rf"""[\t\r\n]|["\s]*{_BEGINS}""")
_INSIDE = re.compile(rf"""([;,\t|\r\n]["\s]*)(?={_BEGINS})""")
_SIGNED = re.compile(rf"""([;,\t|\r\n]["\s]*)'(?={_BEGINS})""")
_EXACT = 10**15  # from here on a spreadsheet rounds what it takes for a number

Cell = str | int | Decimal | None


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A line for each, under the names of the columns; in UTF-8 with the mark by which Excel knows it."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return made.getvalue().encode("utf-8-sig", errors="replace")


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula, whichever separator it reads with."""
    inside = _INSIDE.sub(rf"\1{SIGN}", text)
    return SIGN + inside if _FIRST.match(inside) else inside


def armed(text: str) -> str:
    """The defused text, as it was."""
    rest = text[1:] if text.startswith(SIGN) and _FIRST.match(text[1:]) else text
    return _SIGNED.sub(r"\1", rest)


def units(cents: int | None) -> Decimal | None:
    """Whole cents as an amount in the currency's unit, with two decimals."""
    return None if cents is None else Decimal(cents).scaleb(-2)


def _cell(one: Cell) -> str | int:
    match one:
        case None:
            return ""
        case str():
            return defused(one)
        case Decimal():
            return f"{one:.2f}"
        case _:  # an id is no number: rounded, it would be another one
            return SIGN + str(one) if one >= _EXACT else one
