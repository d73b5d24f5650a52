"""Builds goals, and says what of them runs in the background."""

from dataclasses import dataclass

from bot.engine.outbox import Effects
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.money.goals.progress import GoalCounter
from bot.features.money.goals.service import GoalService
from bot.features.money.goals.tasks import GoalWatcher
from bot.features.money.periods.ports import LedgerPort
from bot.model.ports import Clock
from bot.relay.alerts import AlertRouter
from storage.database import Database
from storage.errors import DatabaseUnreachable

_SECONDS = 30.0
_LIMIT = 60.0


@dataclass(frozen=True)
class GoalsFeature:
    """The parts that the rest of the program speaks to."""

    desk: GoalService
    watching: GoalWatcher

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for reached goals to be told; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.watching.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("goals", run, _LIMIT)


def open_goals(
    *, database: Database, effects: Effects, ledger: LedgerPort, telling: AlertRouter, clock: Clock
) -> GoalsFeature:
    """Goals of what this ledger has; `telling`: who is told that one was reached."""
    counting = GoalCounter(ledger=ledger, clock=clock)
    return GoalsFeature(
        desk=GoalService(
            database=database, ledger=ledger, counting=counting, trail=effects.trail, clock=clock
        ),
        watching=GoalWatcher(database=database, counting=counting, telling=telling, clock=clock),
    )
