"""The figures that were reached stay reached."""

import pytest

from tests.surface.__main__ import QUICK, faults, measured


async def test_the_commands_are_few_and_a_stranger_is_offered_two() -> None:
    found = await measured(QUICK)

    assert found["roots"] <= 16
    assert found["offered_to_stranger"] == 2
    assert found["offered_to_owner"] == found["commands"]
    assert faults(found) == []


@pytest.mark.parametrize(
    ("figures", "wrong"),
    [
        ({"untranslated": 0, "clipped": 0, "longest_answer": 160, "roots": 16}, []),
        ({"untranslated": 0, "roots": 16}, []),  # without a browser nothing is looked at
        ({"untranslated": 0, "clipped": 0, "views_unreached": 1}, ["views_unreached"]),
        ({"untranslated": 2, "clipped": 1}, ["untranslated", "clipped"]),
        ({"longest_answer": 161, "old_words": 1}, ["longest_answer", "old_words"]),
    ],
)
def test_more_than_there_may_be_makes_it_end_red(figures: dict[str, int], wrong: list[str]) -> None:
    assert faults(figures) == wrong
