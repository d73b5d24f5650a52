"""How often is too often: so many mass messages in some span of days."""

import pytest

from bot.features.publishing.safety.frequency_rules import DAY, FrequencyRule, over_the_cap, too_often
from storage.records import FanId

TWO_IN_SEVEN = FrequencyRule(2, 7)
# In days from the one in question; a later one is planned.
TOO_MANY = [[-1, -2], [-3, 3], [1, 2], [-6.9, -0.1], [0, 0], [-6, -5, 5], [-5, 1.9]]
NOT_TOO_MANY = [[], [-1], [-6, 6], [-7, -8], [-5, 2]]


@pytest.mark.parametrize("others", TOO_MANY)
def test_more_than_so_many_in_some_span_around_it_are_too_many(others: list[float]) -> None:
    assert too_often([round(one * DAY) for one in others], 0, TWO_IN_SEVEN)


@pytest.mark.parametrize("others", NOT_TOO_MANY)
def test_spans_that_have_no_more_than_that_are_not(others: list[float]) -> None:
    assert not too_often([round(one * DAY) for one in others], 0, TWO_IN_SEVEN)


def test_over_the_cap_is_who_was_on_enough_of_them() -> None:
    ada, bo, cy = FanId("ada"), FanId("bo"), FanId("cy")
    reached = [
        (-DAY, frozenset({ada, bo})),
        (-2 * DAY, frozenset({ada, cy})),
        (-6 * DAY, frozenset({bo})),
        (6 * DAY, frozenset({cy})),
    ]

    found = over_the_cap(reached, 0, TWO_IN_SEVEN)

    assert found == {ada, bo}
