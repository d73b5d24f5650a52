"""A table that a spreadsheet opens and does not carry out."""

import csv
import io

import pytest

from bot.relay.spreadsheet import as_csv


def read(content: bytes) -> list[list[str]]:
    """What a spreadsheet reads."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_what_goes_in_comes_out() -> None:
    assert read(as_csv(["a", "b"], [("x, y", 7), ('"', None)])) == [["a", "b"], ["x, y", "7"], ['"', ""]]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "'"])
def test_no_text_is_a_formula(begins: str) -> None:
    (_, (cell,)) = read(as_csv(["a"], [(begins + "cmd()",)]))

    assert cell == f"'{begins}cmd()"


def test_a_number_below_nothing_stays_a_number() -> None:
    assert read(as_csv(["a"], [(-5,)]))[1] == ["-5"]


def test_half_a_character_does_not_stop_the_rest() -> None:
    assert read(as_csv(["a"], [("x\ud800",), ("y",)]))[2] == ["y"]
