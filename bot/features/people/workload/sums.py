"""A team's figures from what was sent and how long fans had waited (pure)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from storage.people.workload import AnsweredWait, MemberReplies
from storage.records import DiscordId, Millis


@dataclass(frozen=True)
class WorkloadRow:
    """A member's figures, or the whole team's. Times are None where nobody waited for an answer of theirs."""

    member: DiscordId | None
    name: str
    replies: int
    answers: int
    median: Millis | None
    slowest_tenth: Millis | None  # nine of ten fans waited no longer than this
    priced: int
    bought: int


def rows(sent: Sequence[MemberReplies], answered: Sequence[AnsweredWait]) -> list[WorkloadRow]:
    """Each member's, in the order of `sent`."""
    waits: defaultdict[DiscordId, list[Millis]] = defaultdict(list)
    for one in answered:
        waits[one.member].append(one.waited)
    return [
        _row(one.member, one.name, one.replies, waits[one.member], one.priced, one.bought) for one in sent
    ]


def total(sent: Sequence[MemberReplies], answered: Sequence[AnsweredWait]) -> WorkloadRow:
    """The team's: over all waits, which is not the middle of the members' middles."""
    return _row(
        None,
        "",
        sum(one.replies for one in sent),
        [one.waited for one in answered],
        sum(one.priced for one in sent),
        sum(one.bought for one in sent),
    )


def _row(
    member: DiscordId | None, name: str, replies: int, waits: list[Millis], priced: int, bought: int
) -> WorkloadRow:
    waits.sort()
    return WorkloadRow(
        member=member,
        name=name,
        replies=replies,
        answers=len(waits),
        median=_nearest(waits, 0.5),
        slowest_tenth=_nearest(waits, 0.9),
        priced=priced,
        bought=bought,
    )


def _nearest(ordered: Sequence[Millis], part: float) -> Millis | None:
    """The nearest rank: always a wait that was."""
    return ordered[ceil(part * len(ordered)) - 1] if ordered else None
