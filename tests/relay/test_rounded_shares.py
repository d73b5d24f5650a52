"""A share in tens of percent tells nobody a number."""

from collections import Counter

import pytest

from bot.text.percentages import LEAST, in_tens


@pytest.mark.parametrize("whole", range(LEAST, 200))
def test_each_share_fits_several_numbers(whole: int) -> None:
    said = Counter(in_tens(part, whole) for part in range(whole + 1))

    assert None not in said
    assert min(said.values()) > 1


@pytest.mark.parametrize("whole", range(LEAST))
def test_of_too_few_nothing_is_said(whole: int) -> None:
    assert {in_tens(part, whole) for part in range(whole + 1)} == {None}


def test_one_fewer_would_give_a_number_away() -> None:
    few = LEAST - 1
    said = Counter(round(10 * part / few) for part in range(few + 1))

    assert min(said.values()) == 1


def test_in_words() -> None:
    assert in_tens(9, 21) == "about 40%"
