"""How long something lasted, in words."""

import pytest

from bot.text.moments import lasting


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (999, "0 s"),
        (59_999, "59 s"),
        (60_000, "1 min"),
        (3_599_999, "59 min"),
        (3_600_000, "1 h"),
        (11_100_000, "3 h 5 min"),
        (48 * 3_600_000, "2 days"),
    ],
)
def test_how_long(span: int, words: str) -> None:
    assert lasting(span) == words
