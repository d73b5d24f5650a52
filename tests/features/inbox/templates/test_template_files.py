"""A file of templates is read back as written, and no spreadsheet carries it out."""

import csv
import io
import json

import pytest

from bot.features.inbox.templates.file_format import (
    ExportedTemplate,
    TemplateFileError,
    TemplateFileFault,
    TemplateFileLine,
    as_csv,
    as_json,
    read,
)
from bot.model.ports import MessageToFan
from bot.relay.message_template import TypedTemplate
from storage.records import Cents, MediaId
from tests.features.inbox.templates.templates_scenario import ITEM

OWN = [
    ExportedTemplate("Hi", MessageToFan("hi, “love”;\nhow are you?\r\n\n  ", ()), shared=True),
    ExportedTemplate(
        "Video",
        MessageToFan("für {fan_name|love} 🌙", (MediaId(ITEM),), Cents(1250), MediaId(ITEM)),
        shared=False,
    ),
    ExportedTemplate("only media", MessageToFan(None, (MediaId(ITEM), MediaId(ITEM))), shared=False),
    *(
        ExportedTemplate(f"{sign}1+1", MessageToFan(f"{sign}SUM(A1)|'x'"), shared=False)
        for sign in "=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20"
    ),
    ExportedTemplate("''=", MessageToFan("'plain' \"quoted\", 'too"), shared=False),
]


@pytest.mark.parametrize(("name", "write"), [("a.csv", as_csv), ("A.JSON", as_json)])
def test_what_is_written_is_read_back_letter_by_letter(name: str, write: type) -> None:
    found = list(read(name, write(OWN)))

    assert [(line.typed, line.shared) for line in found if isinstance(line, TemplateFileLine)] == [
        (
            TypedTemplate(
                one.name, one.message.text, one.message.price, one.message.media, one.message.preview
            ),
            one.shared,
        )
        for one in OWN
    ]


def test_no_cell_is_a_formula_to_a_spreadsheet() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(OWN).decode("utf-8-sig"), newline="")))

    begun = {cell[0] for row in rows for cell in row if cell}
    assert begun.isdisjoint("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def test_a_european_spreadsheet_is_read_and_lines_keep_their_numbers() -> None:
    text = 'Name;TEXT;shared;;\nZero;z;WAHR;;\nOne;"two\nlines";FALSE;;\n;;;;\nThree;x;perhaps;;\nFour;y;;;\n'

    shared, first, third, fourth = read("x.csv", b"\xef\xbb\xbf" + text.encode())

    assert shared == TemplateFileLine("line 2", TypedTemplate("Zero", "z"), shared=True)
    assert first == TemplateFileLine("line 3", TypedTemplate("One", "two\nlines"), shared=False)
    assert third == TemplateFileFault("line 6", "has neither true nor false under shared")
    assert fourth == TemplateFileLine("line 7", TypedTemplate("Four", "y"), shared=False)


BAD_CELLS = {
    "too few": ("name,text\na\n", "has 1 cells"),
    "too many": ("name,text\na,b,c\n", "has 3 cells"),
    "dollars": ("name,price_cents\na,4.99\n", "whole number of cents"),
    "a price beyond all numbers": (f"name,price_cents\na,{'9' * 30}\n", "whole number of cents"),
    "no digits of ours": ("name,price_cents\na,٤٩٩\n", "whole number of cents"),
}
BAD_ENTRIES = {
    "no object": (3, "is not an object"),
    "no name": ({"name": None}, "has a name that is not a text"),
    "a number for a text": ({"name": "a", "text": 3}, "has a text that is not a text"),
    "dollars": ({"name": "a", "price": 4.99}, "whole number of cents"),
    "a price beyond all numbers": ({"name": "a", "price": 10**30}, "no message can have"),
    "a truth for a price": ({"name": "a", "price": True}, "whole number of cents"),
    "one medium": ({"name": "a", "media": "x"}, "list of media ids"),
    "media of numbers": ({"name": "a", "media": [1]}, "list of media ids"),
    "a word for a truth": ({"name": "a", "shared": "no"}, "true or false"),
    "something else": ({"name": "a", "*colour*": "red"}, r"“\*colour\*”, which no template has"),
}


@pytest.mark.parametrize(("text", "why"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_a_bad_line_is_named(text: str, why: str) -> None:
    (found,) = read("a.csv", text.encode())

    assert isinstance(found, TemplateFileFault)
    assert (found.place, why in found.why) == ("line 2", True)


@pytest.mark.parametrize(("entry", "why"), BAD_ENTRIES.values(), ids=BAD_ENTRIES)
def test_a_bad_entry_is_named(entry: object, why: str) -> None:
    good, found = read("a.json", json.dumps([{"name": "a", "text": "b"}, entry]).encode())

    assert good == TemplateFileLine("entry 1", TypedTemplate("a", "b"), shared=False)
    assert isinstance(found, TemplateFileFault)
    assert (found.place, why in found.why) == ("entry 2", True)


NO_FILES = {
    "another kind": ("a.xlsx", b"PK", "neither a .csv nor a .json"),
    "another code": ("a.csv", "name\nMüller".encode("latin-1"), "not in UTF-8"),
    "no header": ("a.csv", b"Hi,hello\n", "The first line of the CSV must name the columns, each once"),
    "no name": ("a.csv", b"text\nhello\n", "The first line of the CSV must name the columns, each once"),
    "a column twice": ("a.csv", b"name,name\na,b\n", "each once"),
    "nothing": ("a.csv", b"", "The first line of the CSV must name the columns, each once"),
    "an open quotation": ("a.csv", b'name,text\nok,fine\na,"b\n', "from line 3 on"),
    "valid JSON": ("a.json", b"[\n{]", "valid JSON (line 2)"),
    "no list": ("a.json", b"{}", "not a list"),
    "a deep hole": ("a.json", b"[" * 100_000, "valid JSON"),
}


@pytest.mark.parametrize(("name", "content", "why"), NO_FILES.values(), ids=NO_FILES)
def test_what_cannot_be_read_at_all_says_why(name: str, content: bytes, why: str) -> None:
    with pytest.raises(TemplateFileError) as refused:
        list(read(name, content))

    assert why in str(refused.value)
