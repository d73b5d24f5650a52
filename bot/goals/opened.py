"""Builds goals, and says what of them runs in the background."""

from dataclasses import dataclass

from bot.engine.outbox import Effects
from bot.engine.supervision import BackgroundTask, periodic
from bot.figures.ledger import Ledger
from bot.goals.counting import Counting
from bot.goals.desk import GoalDesk
from bot.goals.watching import Watching
from bot.model.ports import Clock
from bot.relay.alerts import AlertRouter
from storage.database import Database
from storage.errors import DatabaseUnreachable

_SECONDS = 30.0
_LIMIT = 60.0


@dataclass(frozen=True)
class Goals:
    """The parts that the rest of the program speaks to."""

    desk: GoalDesk
    watching: Watching

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for reached goals to be told; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.watching.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("goals", run, _LIMIT)


def open_goals(
    *, database: Database, effects: Effects, ledger: Ledger, telling: AlertRouter, clock: Clock
) -> Goals:
    """Goals of what this ledger has; `telling`: who is told that one was reached."""
    counting = Counting(ledger=ledger, clock=clock)
    return Goals(
        desk=GoalDesk(database=database, ledger=ledger, counting=counting, trail=effects.trail, clock=clock),
        watching=Watching(database=database, counting=counting, telling=telling, clock=clock),
    )
