"""Changes of subscriptions → numbers of a creator's days (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.features.money.periods.days import Days, day_of
from bot.features.money.periods.subscription_moves import SubscriptionNumbers
from storage.money.subscription_changes import BEGAN, ENDED, OFF, ON, RENEWED, SubscriptionEvent
from storage.records import Millis

_WEEK = 7
_SINGLY = 10  # days that have a row each


@dataclass(frozen=True)
class SubscriptionCounts:
    """All days together, why subscriptions ended, and by which links fans came."""

    numbers: SubscriptionNumbers
    reasons: Mapping[str | None, int]
    links: Mapping[str, int]


def counted(changes: Iterable[SubscriptionEvent], days: Days) -> SubscriptionCounts:
    """Count the changes within the days."""
    inside = [one for one in changes if days.since <= one.at < days.until]
    return SubscriptionCounts(
        numbers=_numbers(inside),
        reasons=Counter(one.reason for one in inside if one.change == ENDED),
        links=Counter(one.link for one in inside if one.change == BEGAN and one.link is not None),
    )


def by_rows(changes: Iterable[SubscriptionEvent], days: Days) -> list[tuple[Days, SubscriptionNumbers]]:
    """One row for each day, or for each week where there are many; weeks end with the last day."""
    found: dict[date, list[SubscriptionEvent]] = {}
    for one in changes:
        found.setdefault(day_of(one.at, days.zone), []).append(one)
    return [
        (part, _numbers([one for day in part.each() for one in found.get(day, ())])) for part in _parts(days)
    ]


def told_since(since: Millis | None, part: Days) -> bool:
    """Whether anything was kept of at least a part of these days."""
    return since is not None and since < part.until


def _parts(days: Days) -> Sequence[Days]:
    each = days.each()
    if len(each) <= _SINGLY:
        return [Days(days.zone, day, day) for day in each]
    first = len(each) % _WEEK or _WEEK
    edges = [0, *range(first, len(each) + 1, _WEEK)]
    return [Days(days.zone, each[begin], each[end - 1]) for begin, end in pairwise(edges)]


def _numbers(changes: Iterable[SubscriptionEvent]) -> SubscriptionNumbers:
    by = Counter(one.change for one in changes)
    return SubscriptionNumbers(by[BEGAN], by[RENEWED], by[ENDED], by[OFF], by[ON])
