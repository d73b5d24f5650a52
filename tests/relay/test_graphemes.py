"""A long text is cut between letters, as Unicode's own rules have it."""

import random

import pytest
import regex

from bot.text.graphemes import LONGEST, inside_letter
from bot.text.safe_text import parts_of

LETTERS = regex.compile(r"\X")  # another reading of the same standard, with Unicode's newest tables
PIECES = (
    "a", "b ", "\n", "e\u0301", "x\u0323\u0302", "\u0915\u094d\u0937\u093f", "\u0915", "\u094d", "\u093c",
    "\u0e01\u0e49\u0e33", "\u0600\u0661", "\u0661", "\u1112\u1161\u11ab", "\ud55c", "\u1100", "\u11ab",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd", "\u2764\ufe0f\u200d\U0001f525",
    "1\ufe0f\u20e3", "\U0001f1ec\U0001f1e7", "\U0001f1ec", "\u0d4e\u0d15", "\U000110bd", "\u17d2\u1780",
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "\U0001d165",
    "*", "\u0bbe", "\uff76\uff9e", "\\", "@",
)  # fmt: skip


def cut_inside(parts: list[str]) -> list[str]:
    """The letters that the ends of parts go through."""
    ends, at = set(), 0
    for part in parts[:-1]:
        at += len(part)
        ends.add(at)
    letters = LETTERS.finditer("".join(parts))
    return [one[0] for one in letters if any(at in ends for at in range(one.start() + 1, one.end()))]


@pytest.mark.parametrize("seed", range(8))
def test_no_letter_is_cut_that_fits(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    for _ in range(500):
        text = "".join(rng.choice(PIECES) for _ in range(rng.randrange(40, 160)))
        parts = parts_of(text, rng.randrange(2 * LONGEST + 2, 150))

        assert [letter for letter in cut_inside(parts) if len(letter) <= LONGEST] == []


def test_the_judge_finds_a_cut_letter() -> None:
    assert cut_inside(["e", "\u0301"]) == ["e\u0301"]
    assert cut_inside(["a", "b"]) == []


@pytest.mark.parametrize("text", ["a\nb", "\n\u0301"])
def test_a_line_may_be_cut_at_its_end(text: str) -> None:
    assert not inside_letter(text, text.index("\n") + 1)
