"""Templates as a file: JSON or CSV, written and read back whole (pure)."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.model.language import msgid, number_text, tr
from bot.model.ports import MessageToFan
from bot.relay.message_template import TypedTemplate
from bot.text import spreadsheet
from bot.text.safe_text import one_line, safe

MOST_ROWS = 1_000  # of a file
FIELDS = ("name", "text", "price_cents", "media", "preview", "shared")
_JSON = ("name", "text", "price", "media", "preview", "shared")  # the price is in cents there too
# A spreadsheet writes true and false in its own language.
_TRUE = frozenset(
    {"true", "yes", "1", "ja", "sí", "si", "wahr", "vrai", "vero", "verdadero", "verdadeiro", "waar"}
)
_FALSE = frozenset({"false", "no", "0", "", "nein", "falsch", "faux", "falso", "onwaar"})
_TOO_MANY = msgid("This file has more than {most} templates. Not imported: please split it.")
_SEEN = 200  # letters of a key that no template has: of a stranger's file no more is looked at
_DIGITS = 9  # of a price: more is a mistake, and no number of the database


class TemplateFileError(Exception):
    """Raised for what cannot be read at all; str() says why and what to do."""


@dataclass(frozen=True)
class TemplateFileLine:
    """One template of a file, as it stands there. `place`: the words by which its author finds it."""

    place: str
    typed: TypedTemplate
    shared: bool


@dataclass(frozen=True)
class TemplateFileFault:
    """A line that cannot be used."""

    place: str
    why: str

    @property
    def number(self) -> int:
        return int(self.place.rpartition(" ")[2])


@dataclass(frozen=True)
class ExportedTemplate:
    """One template that goes into a file."""

    name: str
    message: MessageToFan
    shared: bool


def as_json(rows: Iterable[ExportedTemplate]) -> bytes:
    """A list of objects; prices are in cents."""
    found = [{"name": row.name, **asdict(row.message), "shared": row.shared} for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=1).encode(errors="replace")


def as_csv(rows: Iterable[ExportedTemplate]) -> bytes:
    """A line for each, under the names of the columns; in UTF-8 with the mark by which Excel knows it."""
    return spreadsheet.as_csv(FIELDS, map(_cells, rows))


def read(name: str, content: bytes) -> Iterator[TemplateFileLine | TemplateFileFault]:
    """Every line of a file with this name. Raises NotAFile, also when it is gone through."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateFileError(
            tr("This file is not in UTF-8. Save it as “CSV UTF-8” or as JSON, and try again.")
        ) from error
    kind = name.casefold().rpartition(".")[2]
    if kind == "json":
        return _of_json(text)
    if kind == "csv":
        return _of_csv(text)
    raise TemplateFileError(tr("This is neither a .csv nor a .json file. /template export shows the format."))


# ── JSON ──


def _of_json(text: str) -> Iterator[TemplateFileLine | TemplateFileFault]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TemplateFileError(_no_json(error)) from error
    if not isinstance(found, list):
        raise TemplateFileError(tr("The JSON is not a list of templates. /template export shows the format."))
    if len(found) > MOST_ROWS:
        raise TemplateFileError(tr(_TOO_MANY, most=number_text(MOST_ROWS)))
    for number, row in enumerate(found, start=1):
        place = tr("entry {number}", number=number)
        why = _wrong_in(row)
        yield (
            TemplateFileFault(place, why)
            if why
            else TemplateFileLine(place, _typed_of(row), bool(row.get("shared")))
        )


def _no_json(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = error.lineno
        return tr("This isn't valid JSON (line {line}). /template export shows the format.", line=line)
    return tr("This isn't valid JSON. /template export shows the format.")


def _wrong_in(row: Any) -> str | None:
    if not isinstance(row, dict):
        return tr("is not an object with a name and a message")
    unknown = [key for key in row if key not in _JSON]
    if unknown:
        return tr("has {names}, which no template has", names=_named(unknown))
    wants: dict[str, tuple[type | tuple[type, ...], str]] = {
        "name": (str, tr("a text")),
        "text": ((str, type(None)), tr("a text, or null")),
        "price": ((int, type(None)), tr("a whole number of cents, or null")),
        "media": ((list, type(None)), tr("a list of media ids")),
        "preview": ((str, type(None)), tr("a media id, or null")),
        "shared": ((bool, type(None)), tr("true or false")),
    }
    for key, (kinds, words) in wants.items():
        value = row.get(key, "" if key == "name" else None)
        if not isinstance(value, kinds) or (key == "price" and isinstance(value, bool)):
            # Translators: {kind} is “a text” or “true or false”
            return tr("has a {key} that is not {kind}", key=key, kind=words)
    if len(str(row.get("price") or "")) > _DIGITS:
        return tr("has a price that no message can have")
    if not all(isinstance(item, str) for item in row.get("media") or ()):
        return tr("has a media that is not {kind}", kind=wants["media"][1])
    return None


def _typed_of(row: dict[str, Any]) -> TypedTemplate:
    return TypedTemplate(
        name=row.get("name", ""),
        text=row.get("text") or None,
        price=row.get("price"),
        media=tuple(row.get("media") or ()),
        preview=row.get("preview") or None,
    )


# ── CSV ──


def _of_csv(text: str) -> Iterator[TemplateFileLine | TemplateFileFault]:
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","  # as Excel writes in half of Europe
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = _numbered(reader)
    columns = _columns(next(rows, (1, []))[1])
    filled = 0
    for number, cells in rows:
        if any(cell.strip() for cell in cells):
            filled += 1
            if filled > MOST_ROWS:
                raise TemplateFileError(tr(_TOO_MANY, most=number_text(MOST_ROWS)))
            yield _of_cells(tr("line {number}", number=number), columns, cells)


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line that each begins in."""
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            why = tr("a quotation mark is opened there and not closed, or a cell is too long")
            raise TemplateFileError(
                tr("This isn't valid CSV from line {line} on: {why}. Not imported.", line=begins, why=why)
            ) from error
        yield begins, cells


def _columns(cells: Sequence[str]) -> list[str]:
    columns = [cell.strip().casefold() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    unknown = [column for column in columns if column not in FIELDS]
    if unknown or "name" not in columns or len(set(columns)) < len(columns):
        wrong = tr(" It has {names}.", names=_named(unknown)) if unknown else ""
        raise TemplateFileError(
            tr(
                "The first line of the CSV must name the columns, each once: {fields}; at least a "
                "name.{wrong} Not imported.",
                fields=", ".join(FIELDS),
                wrong=wrong,
            )
        )
    return columns


def _of_cells(
    place: str, columns: Sequence[str], cells: Sequence[str]
) -> TemplateFileLine | TemplateFileFault:
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        return TemplateFileFault(
            place,
            tr("has {cells} cells, and the first line has {columns}", cells=len(cells), columns=len(columns)),
        )
    row = dict(zip(columns, map(spreadsheet.armed, cells), strict=False))
    price = row.get("price_cents", "").strip()
    if price and not (price.isascii() and price.isdigit() and len(price) <= _DIGITS):
        return TemplateFileFault(
            place, tr("has a price_cents that is not a whole number of cents, such as 499")
        )
    shared = row.get("shared", "").strip().casefold()
    if shared not in _TRUE | _FALSE:
        return TemplateFileFault(place, tr("has neither true nor false under shared"))
    typed = TypedTemplate(
        name=row["name"],
        text=row.get("text") or None,
        price=int(price) if price else None,
        media=tuple(row.get("media", "").replace(",", " ").split()),
        preview=row.get("preview", "").strip() or None,
    )
    return TemplateFileLine(place, typed, shared in _TRUE)


def _cells(row: ExportedTemplate) -> tuple[str, ...]:
    said = row.message
    price = "" if said.price is None else str(said.price)
    shared = "true" if row.shared else "false"
    return row.name, said.text or "", price, " ".join(said.media), said.preview or "", shared


def _named(keys: Sequence[object]) -> str:
    return ", ".join(tr("“{name}”", name=safe(one_line(str(key)[:_SEEN], 30))) for key in keys[:5])
