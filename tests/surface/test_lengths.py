"""An answer is short."""

import pytest

from tests.surface.lengths import LONGEST, answers, length
from tests.surface.reading import percentile, read_length


def test_no_answer_is_longer_than_a_phone_shows() -> None:
    assert [str(one) for one in answers() if length(one) > LONGEST] == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**All**: $9.99", "All: $9.99"),
        ("-# see [the page](https://example.org/a/long/address)", "see the page"),
        ("use </fan card:1234567890123456789>", "use /fan card"),
        ("since <t:1764547200:R>", "since in 12 minutes"),
        ("one line\nanother", "one line\nanother"),
    ],
)
def test_what_stands_on_the_screen_is_counted_and_not_how_it_is_written(written: str, shown: str) -> None:
    assert read_length(written) == len(shown)


def test_nine_answers_in_ten_are_no_longer_than_the_figure_says() -> None:
    assert [percentile(list(range(1, n + 1)), 0.9) for n in (0, 1, 10, 11)] == [0, 1, 9, 10]
