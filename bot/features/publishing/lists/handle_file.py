"""A file of handles: one on each line, or a table with a column of them (pure)."""

import csv
import io
from collections.abc import Iterator

from bot.features.publishing.lists import texts
from bot.model.errors import DeliveryRefused
from bot.model.language import english, number_text
from bot.text.spreadsheet import SIGN
from storage.engine.confusables import folded

MOST = 10_000  # handles
_COLUMNS = ("handle", "username", "user")
_DELIMITERS = ",;\t"


def handles_in(content: bytes) -> dict[str, str]:
    """Folded handles, and each as it stands there first. Raises Refused for what is no such file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeliveryRefused(texts.NO_FILE) from error
    found: dict[str, str] = {}
    for one in _cells(text):
        handle = _handle(one)
        if handle:
            found.setdefault(folded(handle), handle)
        if len(found) > MOST:
            raise DeliveryRefused(english(texts.TOO_MANY, most=number_text(MOST)))
    if not found:
        raise DeliveryRefused(texts.NOTHING_IN_IT)
    return found


def _cells(text: str) -> Iterator[str]:
    head = text.lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
    names = [cell.strip().casefold() for cell in rows[0]] if rows else []
    column = next((names.index(name) for name in _COLUMNS if name in names), None)
    for row in rows if column is None else rows[1:]:
        if len(row) > (column or 0):
            yield row[column or 0]


def _handle(cell: str) -> str:
    """Also of an address of a profile, and of a cell that a spreadsheet was kept from carrying out."""
    told = cell.strip().removeprefix(SIGN).split("?", 1)[0].rstrip("/").rpartition("/")[2]
    return told.strip().lstrip("@")
