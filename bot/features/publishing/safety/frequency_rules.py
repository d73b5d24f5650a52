"""The frequency cap: too many mass messages within some days of a moment (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage.records import FanId, Millis

DAY: Millis = 86_400_000


@dataclass(frozen=True)
class FrequencyRule:
    """At most so many in so many days."""

    most: int
    days: int


def too_often(others: Iterable[Millis], at: Millis, rule: FrequencyRule) -> bool:
    """Whether with one at this moment some span of so many days has more than so many.

    Those that are planned for later count as those that went out.
    """
    span = rule.days * DAY
    near = sorted(one for one in others if abs(one - at) < span)
    times = sorted([*near, at])
    first = len(times) - rule.most  # how many spans of one more than the cap there are
    windows = (times[i : i + rule.most + 1] for i in range(first))
    return any(one[0] <= at <= one[-1] and one[-1] - one[0] < span for one in windows)


def over_the_cap(
    reached: Sequence[tuple[Millis, frozenset[FanId]]], at: Millis, rule: FrequencyRule
) -> frozenset[FanId]:
    """The fans with too many, past or due. `reached`: each one's time and possible recipients."""
    often = Counter(fan for _, fans in reached for fan in fans)
    many = {fan for fan, number in often.items() if number >= rule.most}
    times: Mapping[FanId, list[Millis]] = {fan: [] for fan in many}
    for when, fans in reached:
        for fan in many & fans:
            times[fan].append(when)
    return frozenset(fan for fan, found in times.items() if too_often(found, at, rule))
