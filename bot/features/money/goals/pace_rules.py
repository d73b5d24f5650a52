"""A goal's pace: the amount missing for each day, and the estimated end (pure)."""

from dataclasses import dataclass
from datetime import date

from bot.features.money.periods.days import Days
from storage.records import Cents

_FIGURES = 2  # of an estimate that mean anything


@dataclass(frozen=True)
class GoalPace:
    """`days_left` has today in it. `each`: for every one of them, so that the goal is reached; rounded up.

    `estimate`: where it would end if every day were like the whole days so far, to two figures; None: no
    whole day is over yet, all are, or nothing came in on those that are.
    """

    missing: Cents
    days_left: int
    each: Cents
    whole_days: int
    estimate: Cents | None


def pace(goal: Cents, came: Cents, on_whole_days: Cents, span: Days, today: date) -> GoalPace:
    """`came` in all, today included, of it `on_whole_days` on the days that are over."""
    length = len(span.each())
    over = min(max((today - span.first).days, 0), length)
    left = length - over
    missing = max(goal - came, 0)
    return GoalPace(
        missing=missing,
        days_left=left,
        each=-(-missing // left) if left else missing,
        whole_days=over,
        estimate=_estimate(came, on_whole_days, over, length),
    )


def _estimate(came: Cents, on_whole_days: Cents, over: int, length: int) -> Cents | None:
    if not 0 < over < length or on_whole_days <= 0:
        return None
    return max(rounded(on_whole_days * length // over), came)


def rounded(cents: Cents) -> Cents:
    """To two figures, and to whole units at least; half goes up."""
    step = 100
    while cents >= step * 10**_FIGURES:
        step *= 10
    return (cents + step // 2) // step * step
