"""The income towards a goal, as the ledger has it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.features.money.goals.pace_rules import GoalPace, pace
from bot.features.money.periods.currency_sums import DOLLARS, CurrencySum
from bot.features.money.periods.days import Days, day_of
from bot.features.money.periods.ports import LedgerPort
from bot.model.ports import Clock
from storage.money.goals import Goal
from storage.records import Cents

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class GoalProgress:
    """A goal's progress in a week or month. `others`: other currencies came in, which do not count.

    `pending`: it counts the net, and of some payments no net was told yet.
    """

    goal: Goal
    days: Days
    came: Cents
    pace: GoalPace
    others: bool
    pending: bool


class GoalCounter:
    """Goals are in dollars, as all of Fanvue's prices are."""

    def __init__(self, *, ledger: LedgerPort, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    async def came(self, goal: Goal, days: Days) -> Cents:
        """The ledger's amount now, of days that may not be over."""
        return towards(goal, (await self._ledger.kept(goal.creator, days)).sums)

    async def stand(self, goal: Goal, days: Days, sums: Sequence[CurrencySum]) -> GoalProgress:
        """`sums`: of these days up to now."""
        today, came = day_of(self._clock.now(), days.zone), towards(goal, sums)
        whole = 0
        if today > days.first:
            over = Days(days.zone, days.first, min(today - _DAY, days.last))
            whole = await self.came(goal, over)
        return GoalProgress(
            goal=goal,
            days=days,
            came=came,
            pace=pace(goal.cents, came, whole, days, today),
            others=any(map(_is_another, sums)),
            pending=goal.net and any(one.without_net for one in sums),
        )


def towards(goal: Goal, sums: Iterable[CurrencySum]) -> Cents:
    """The sum that counts; 0 where nothing came in."""
    return sum(one.net if goal.net else one.gross for one in sums if not _is_another(one))


def _is_another(one: CurrencySum) -> bool:
    return one.currency != DOLLARS
