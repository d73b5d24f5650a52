"""A table that a spreadsheet opens and carries out nothing of."""

import ast
import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.spreadsheet import armed, as_csv, defused, units
from tests.architecture.source_tree import modules, trees_with

SEPARATORS = ";,\t|\n"
# What begins a formula, what separates cells, what quotes them, and something that does nothing.
NASTY = st.text("=+-@\uff1d'\"" + SEPARATORS + "\r ax", max_size=12)
BEGINS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
AMOUNT = re.compile(r"-\d+(\.\d\d)?")


def read(content: bytes, separator: str = ",") -> list[list[str]]:
    """What a spreadsheet reads that takes this for the separator."""
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def cells(content: bytes) -> set[str]:
    """Every cell that any reader finds, also one that knows nothing of quotes."""
    text = content.decode("utf-8-sig")
    found = {cell for one in SEPARATORS[:-1] for row in read(content, one) for cell in row}
    return found | {cell for one in SEPARATORS for cell in re.split(f"[{one}\r\n]", text)}


def carried_out(content: bytes) -> set[str]:
    """Cells that would be taken for formulas; an amount below nothing is an amount."""
    bare = {cell.strip().lstrip('"').strip() for cell in cells(content)}
    return {cell for cell in bare if cell.startswith(BEGINS) and not AMOUNT.fullmatch(cell)}


def test_what_goes_in_comes_out() -> None:
    assert read(as_csv(["a", "b"], [("x, y", 7), ('"', None)])) == [["a", "b"], ["x, y", "7"], ['"', ""]]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "'", " =", '"='])
def test_no_text_is_a_formula(begins: str) -> None:
    (_, (cell,)) = read(as_csv(["a"], [(begins + "cmd()",)]))

    assert cell == f"'{begins}cmd()"


@pytest.mark.parametrize("separator", [*SEPARATORS, "\r\n", "; ", ';"'])
def test_nor_is_what_follows_another_readers_separator(separator: str) -> None:
    (_, (cell, after)) = read(as_csv(["a", "b"], [(f"x{separator}=cmd()", "y")]))

    assert (cell, after) == (f"x{separator}'=cmd()", "y")


@given(st.lists(st.tuples(NASTY, NASTY, st.integers(-9, 9)), min_size=1, max_size=3))
def test_no_reader_finds_a_formula_anywhere(rows: list[tuple[str, str, int]]) -> None:
    made = as_csv(["a", "b", "c"], [(one, other, units(cents)) for one, other, cents in rows])

    assert carried_out(made) == set()


@given(NASTY)
def test_what_was_defused_is_armed_again_as_it_was(text: str) -> None:
    assert armed(defused(text)) == text


def test_a_number_below_nothing_stays_a_number() -> None:
    assert read(as_csv(["a", "b"], [(-5, Decimal("-1234.5"))]))[1] == ["-5", "-1234.50"]


@pytest.mark.parametrize(("cents", "said"), [(123_456, "1234.56"), (-5, "-0.05"), (0, "0.00"), (None, "")])
def test_cents_stand_in_the_currencys_unit(cents: int | None, said: str) -> None:
    assert read(as_csv(["a", "b"], [(units(cents), 1)]))[1][0] == said


def test_an_id_is_a_text_because_a_spreadsheet_would_round_it() -> None:
    assert read(as_csv(["a"], [(1_300_000_000_000_000_021,)]))[1] == ["'1300000000000000021"]


def test_half_a_character_does_not_stop_the_rest() -> None:
    assert read(as_csv(["a"], [("x\ud800",), ("y",)]))[2] == ["y"]


def test_every_table_is_written_here() -> None:
    made = []
    for path, tree in trees_with(modules("bot"), "csv"):
        for one in ast.walk(tree):
            if isinstance(one, ast.Attribute) and one.attr in ("writer", "DictWriter"):
                made += [path.stem] if isinstance(one.value, ast.Name) and one.value.id == "csv" else []

    assert made == ["spreadsheet"]
