"""An answer is short."""

from tests.surface.lengths import LONGEST, answers, length


def test_no_answer_is_longer_than_a_phone_shows() -> None:
    assert [str(one) for one in answers() if length(one) > LONGEST] == []
