"""Builds goals, and says what of them runs in the background."""

from bot.engine.supervision import BackgroundTask, periodic
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.money.goals import setting_rows
from bot.features.money.goals.progress import GoalCounter
from bot.features.money.goals.service import GoalService
from bot.features.money.goals.tasks import GoalWatcher
from bot.features.money.ledger.feature import LedgerFeature
from bot.features.money.periods.ports import LedgerPort
from bot.features.operations.alerts.feature import AlertsFeature
from bot.relay.alerts import AlertRouter
from bot.relay.context import Context
from storage.errors import DatabaseUnreachable

_SECONDS = 30.0
_LIMIT = 60.0


class GoalsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, ctx: Context, *, ledger: LedgerPort, telling: AlertRouter) -> None:
        """Goals of what this ledger has; `telling`: who is told that one was reached."""
        counting = GoalCounter(ledger=ledger, clock=ctx.clock)
        self.desk = GoalService(ctx, ledger=ledger, counting=counting)
        self.watching = GoalWatcher(ctx, counting=counting, telling=telling)


def build(ctx: FeatureContext) -> Feature:
    """A goal that was reached is told like an alert."""
    goals = GoalsFeature(ctx, ledger=ctx.get(LedgerFeature).books, telling=ctx.get(AlertsFeature).deciding)
    run = periodic(_SECONDS / ctx.divisor, goals.watching.look, passing=(DatabaseUnreachable,))
    return Feature(
        name="goals",
        parts=(goals,),
        services=(goals.desk,),
        tasks=(BackgroundTask("goals", run, _LIMIT),),
        brings=setting_rows.ROWS,
    )
