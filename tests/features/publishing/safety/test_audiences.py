"""What lists tell of whether two mass messages reach the same fans."""

import pytest

from bot.features.publishing.safety.audience_rules import (
    AudienceList,
    AudienceOverlap,
    MassMessageReach,
    shared,
)


def lists(typed: str) -> tuple[AudienceList, ...]:
    """Fanvue's own lists by their ids; ones of the creator's begin with a capital letter."""
    return tuple(AudienceList("custom" if one[0].isupper() else "smart", one, one) for one in typed.split())


@pytest.mark.parametrize(
    ("one", "other", "answer", "both"),
    [
        ("Whales", "Whales", AudienceOverlap.SOME, "Whales"),
        ("Whales Sleeping", "Sleeping New", AudienceOverlap.SOME, "Sleeping"),
        ("subscribers", "auto_renewing", AudienceOverlap.SOME, "auto_renewing"),
        ("free_trial_subscribers", "subscribers", AudienceOverlap.SOME, "free_trial_subscribers"),
        ("all", "Whales", AudienceOverlap.SOME, "Whales"),
        ("followers", "all", AudienceOverlap.SOME, "followers"),
        ("Whales", "Sleeping", AudienceOverlap.UNKNOWN, ""),
        ("Whales", "subscribers", AudienceOverlap.UNKNOWN, ""),
        ("followers", "subscribers", AudienceOverlap.UNKNOWN, ""),
        ("auto_renewing", "free_trial_subscribers", AudienceOverlap.UNKNOWN, ""),
        ("auto_renewing", "non_renewing", AudienceOverlap.NOBODY, ""),
        ("expired_subscribers", "subscribers", AudienceOverlap.NOBODY, ""),
        ("expired_subscribers", "auto_renewing", AudienceOverlap.NOBODY, ""),
        ("expired_subscribers Whales", "auto_renewing", AudienceOverlap.UNKNOWN, ""),
    ],
)
def test_lists_of_both_and_lists_within_lists_are_known_and_the_rest_is_not(
    one: str, other: str, answer: AudienceOverlap, both: str
) -> None:
    assert shared(MassMessageReach(lists(one)), MassMessageReach(lists(other))) == (answer, lists(both))


@pytest.mark.parametrize(
    ("one", "without", "other", "answer"),
    [
        ("Whales", "Sleeping", "Sleeping", AudienceOverlap.NOBODY),
        ("Whales", "subscribers", "auto_renewing", AudienceOverlap.NOBODY),
        ("Whales", "auto_renewing", "subscribers", AudienceOverlap.UNKNOWN),
        ("subscribers", "auto_renewing", "auto_renewing non_renewing", AudienceOverlap.SOME),
        ("Whales", "all", "Sleeping subscribers", AudienceOverlap.NOBODY),
    ],
)
def test_whoever_is_left_out_does_not_get_it_twice(
    one: str, without: str, other: str, answer: AudienceOverlap
) -> None:
    mine, theirs = MassMessageReach(lists(one), lists(without)), MassMessageReach(lists(other))

    assert shared(mine, theirs)[0] is answer
    assert shared(theirs, mine)[0] is answer
