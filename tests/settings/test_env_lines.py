"""Values are put into a `.env` file line by line; all other lines stay."""

import io
import stat
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from bot.settings.env_lines import with_values
from bot.settings.private_file import write_privately

FITTING = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="'\\$"), max_size=40)


@given(FITTING, st.sampled_from(["", "# a comment\n\nB=2\n", "A=old\nB=2", "export A='old'\nB=2\n"]))
def test_a_value_is_read_as_it_was_written(value: str, before: str) -> None:
    text = with_values(before, {"A": value})

    read = dotenv_values(stream=io.StringIO(text))
    assert read["A"] == value
    assert ("B" not in before) or read["B"] == "2"


def test_comments_blanks_and_order_stay_and_a_double_goes() -> None:
    before = "# first\n\nA=1\n# second\nB=x # why\nA=2\nC='3'\n"

    assert with_values(before, {"A": "9", "D": "4 5"}) == (
        "# first\n\n# second\nB=x # why\nA=9\nC='3'\nD='4 5'\n"
    )


@pytest.mark.parametrize("value", ["it's", "a\\b", "${HOME}", "two\nlines"])
def test_what_programs_read_in_different_ways_is_not_written(value: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        with_values("", {"A": value})


def test_a_file_is_replaced_whole_closed_to_others_and_a_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("before")
    real.chmod(0o644)
    link.symlink_to(real)

    write_privately(link, b"after")

    assert link.is_symlink()
    assert real.read_text() == "after"
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link", "real"]


def test_what_cannot_be_written_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "not-there"

    with pytest.raises(OSError, match="not-there"):
        write_privately(folder / "file", b"x")
    assert list(tmp_path.iterdir()) == []
