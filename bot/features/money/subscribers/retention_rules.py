"""Counts the renewals among those that came due (pure).

A due date is one fan's. Renewals and ends that answer due dates of one fan less than a week apart answer
the same one, which is the earliest of them: a payment that failed may succeed days later. Each counts once,
as the last word about it says. An end of before its due date is none: that renewal never came due. For a
fan who was forgotten, every line is a due date of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from storage.money.subscription_changes import ENDED, RENEWED, SubscriptionEvent
from storage.records import Millis, Pseudonym

TOGETHER: Millis = 7 * 86_400_000
EARLY: Millis = 86_400_000  # an end so soon before its due date is its answer


@dataclass(frozen=True)
class SubscriberRetention:
    """The number of due dates, and of those that were renewed."""

    due: int = 0
    renewed: int = 0

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down, so that 100 means everybody; None: nothing was due."""
        return self.renewed * 100 // self.due if self.due else None


def retention(changes: Iterable[SubscriptionEvent], *, since: Millis, until: Millis) -> SubscriberRetention:
    """Of the due dates from `since` to before `until`.

    `changes`: those with due dates from a week before to a week after that time, in any order.
    """
    by_fan: dict[Pseudonym, list[SubscriptionEvent]] = defaultdict(list)
    answers: list[Sequence[SubscriptionEvent]] = []
    for one in changes:
        if one.due is None or one.change not in (RENEWED, ENDED) or _never_came(one):
            continue
        if one.fan is None:
            answers.append([one])
        else:
            by_fan[one.fan].append(one)
    for lines in by_fan.values():
        answers += _together(lines)
    inside = [each for each in answers if since <= _due(each[0]) < until]
    return SubscriberRetention(len(inside), sum(max(each, key=_word).change == RENEWED for each in inside))


def _never_came(one: SubscriptionEvent) -> bool:
    return one.change == ENDED and one.due is not None and one.at < one.due - EARLY


def _together(lines: Iterable[SubscriptionEvent]) -> Iterator[list[SubscriptionEvent]]:
    group: list[SubscriptionEvent] = []
    for one in sorted(lines, key=_due):
        if group and _due(one) >= _due(group[0]) + TOGETHER:
            yield group
            group = []
        group.append(one)
    yield group


def _due(one: SubscriptionEvent) -> Millis:
    assert one.due is not None, "only these are counted"
    return one.due


def _word(one: SubscriptionEvent) -> tuple[Millis, bool]:
    """Of two at the same moment the renewal holds."""
    return one.at, one.change == RENEWED
