"""What lists tell of whether two mass messages reach the same fans."""

import pytest

from bot.broadcast_safety.audiences import Named, Reach, Shared, shared


def lists(typed: str) -> tuple[Named, ...]:
    """Fanvue's own lists by their ids; ones of the creator's begin with a capital letter."""
    return tuple(Named("custom" if one[0].isupper() else "smart", one, one) for one in typed.split())


@pytest.mark.parametrize(
    ("one", "other", "answer", "both"),
    [
        ("Whales", "Whales", Shared.SOME, "Whales"),
        ("Whales Sleeping", "Sleeping New", Shared.SOME, "Sleeping"),
        ("subscribers", "auto_renewing", Shared.SOME, "auto_renewing"),
        ("free_trial_subscribers", "subscribers", Shared.SOME, "free_trial_subscribers"),
        ("all", "Whales", Shared.SOME, "Whales"),
        ("followers", "all", Shared.SOME, "followers"),
        ("Whales", "Sleeping", Shared.UNKNOWN, ""),
        ("Whales", "subscribers", Shared.UNKNOWN, ""),
        ("followers", "subscribers", Shared.UNKNOWN, ""),
        ("auto_renewing", "free_trial_subscribers", Shared.UNKNOWN, ""),
        ("auto_renewing", "non_renewing", Shared.NOBODY, ""),
        ("expired_subscribers", "subscribers", Shared.NOBODY, ""),
        ("expired_subscribers", "auto_renewing", Shared.NOBODY, ""),
        ("expired_subscribers Whales", "auto_renewing", Shared.UNKNOWN, ""),
    ],
)
def test_lists_of_both_and_lists_within_lists_are_known_and_the_rest_is_not(
    one: str, other: str, answer: Shared, both: str
) -> None:
    assert shared(Reach(lists(one)), Reach(lists(other))) == (answer, lists(both))


@pytest.mark.parametrize(
    ("one", "without", "other", "answer"),
    [
        ("Whales", "Sleeping", "Sleeping", Shared.NOBODY),
        ("Whales", "subscribers", "auto_renewing", Shared.NOBODY),
        ("Whales", "auto_renewing", "subscribers", Shared.UNKNOWN),
        ("subscribers", "auto_renewing", "auto_renewing non_renewing", Shared.SOME),
        ("Whales", "all", "Sleeping subscribers", Shared.NOBODY),
    ],
)
def test_whoever_is_left_out_does_not_get_it_twice(
    one: str, without: str, other: str, answer: Shared
) -> None:
    mine, theirs = Reach(lists(one), lists(without)), Reach(lists(other))

    assert shared(mine, theirs)[0] is answer
    assert shared(theirs, mine)[0] is answer
