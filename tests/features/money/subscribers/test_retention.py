"""Who renewed of those who were due: each fan once for each due date."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.subscribers.retention_rules import EARLY, TOGETHER, SubscriberRetention, retention
from storage.money.subscription_changes import BEGAN, ENDED, OFF, RENEWED, SubscriptionEvent
from storage.records import Pseudonym

DAY = 86_400_000
MONTH = 30 * DAY
ADA, BEA = Pseudonym("ada"), Pseudonym("bea")
SINCE, UNTIL = 100 * DAY, 130 * DAY


def renewed(fan: Pseudonym | None, due: int, *, at: int | None = None) -> SubscriptionEvent:
    return SubscriptionEvent(fan, RENEWED, due if at is None else at, due=due)


def ended(
    fan: Pseudonym | None, due: int, *, at: int | None = None, why: str | None = None
) -> SubscriptionEvent:
    return SubscriptionEvent(fan, ENDED, due if at is None else at, due=due, reason=why)


def found(*changes: SubscriptionEvent) -> SubscriberRetention:
    return retention(changes, since=SINCE, until=UNTIL)


def test_two_were_due_and_one_renewed() -> None:
    assert found(renewed(ADA, SINCE), ended(BEA, UNTIL - 1)) == SubscriberRetention(due=2, renewed=1)
    assert SubscriberRetention(due=3, renewed=2).percent == 66
    assert SubscriberRetention().percent is None


def test_what_was_due_before_or_after_is_none_of_it_whenever_it_was_told() -> None:
    before = renewed(ADA, SINCE - 1, at=SINCE + DAY)
    after = ended(BEA, UNTIL, at=UNTIL - EARLY)

    assert found(before, after) == SubscriberRetention()


def test_a_payment_that_succeeds_days_later_is_the_answer_to_the_same_due_date() -> None:
    due = SINCE + DAY
    failed = ended(ADA, due, why="payment_failed")
    late = renewed(ADA, due + 2 * DAY)

    assert found(failed, late) == SubscriberRetention(due=1, renewed=1)
    assert found(renewed(ADA, due), ended(ADA, due, at=due + DAY)) == SubscriberRetention(due=1, renewed=0)


def test_a_due_date_lies_where_its_earliest_answer_says() -> None:
    first, second = ended(ADA, SINCE - DAY), renewed(ADA, SINCE + DAY)

    assert found(first, second) == SubscriberRetention()


def test_an_end_of_long_before_its_due_date_is_none() -> None:
    due = SINCE + 20 * DAY

    assert found(ended(ADA, due, at=due - EARLY - 1, why="user_banned")) == SubscriberRetention()
    assert found(ended(ADA, due, at=due - EARLY)) == SubscriberRetention(due=1)


def test_every_line_of_somebody_forgotten_is_a_due_date_of_its_own() -> None:
    assert found(renewed(None, SINCE), renewed(None, SINCE), ended(None, SINCE)) == SubscriberRetention(3, 2)


@pytest.mark.parametrize("change", [BEGAN, OFF])
def test_what_answers_no_due_date_does_not_count(change: str) -> None:
    assert found(SubscriptionEvent(ADA, change, SINCE)) == SubscriberRetention()


# Fans who are due once a month at a time of their own, and how each due date went: renewed at once, renewed
# after a failed payment, ended, or told twice.
WENT = st.sampled_from(["renewed", "failed", "ended", "twice"])
FANS = st.lists(st.tuples(st.integers(0, MONTH - 1), st.lists(WENT, max_size=12)), max_size=8)


@given(FANS, st.integers(0, 12 * MONTH), st.integers(0, 6 * MONTH), st.randoms(use_true_random=False))
def test_each_due_date_counts_once_in_exactly_one_time(
    fans: list[tuple[int, list[str]]], since: int, lasts: int, rng: random.Random
) -> None:
    until, due, kept = since + lasts, 0, 0
    changes: list[SubscriptionEvent] = []
    for number, (first, went) in enumerate(fans):
        name = Pseudonym(f"fan {number}")
        for month, how in enumerate(went):
            at = first + month * MONTH
            changes += _lines(name, at, how)
            inside = since <= at < until
            due, kept = due + inside, kept + (inside and how != "ended")
    rng.shuffle(changes)
    split = since + lasts // 2

    whole = retention(changes, since=since, until=until)
    halves = [retention(changes, since=since, until=split), retention(changes, since=split, until=until)]
    near = [one for one in changes if since - TOGETHER <= (one.due or 0) < until + TOGETHER]

    assert whole == SubscriberRetention(due, kept)
    assert (sum(one.due for one in halves), sum(one.renewed for one in halves)) == (due, kept)
    assert retention(near, since=since, until=until) == whole


def _lines(name: Pseudonym, due: int, how: str) -> list[SubscriptionEvent]:
    match how:
        case "renewed":
            return [renewed(name, due)]
        case "failed":
            return [ended(name, due, why="payment_failed"), renewed(name, due + 3 * DAY)]
        case "ended":
            return [ended(name, due, at=due + DAY)]
        case _:
            return [renewed(name, due), renewed(name, due + 1, at=due + 5)]
