"""Builds goals, and says what of them runs in the background."""

from dataclasses import dataclass

from bot.figures.ledger import Ledger
from bot.goals.counting import Counting
from bot.goals.desk import GoalDesk
from bot.goals.watching import Watching
from bot.relay.alerting import Telling
from bot.relay.effects import Effects
from bot.relay.ports import Clock
from bot.supervision import Duty, periodic
from storage.database import Database
from storage.errors import DatabaseUnreachable

_SECONDS = 30.0
_LIMIT = 60.0


@dataclass(frozen=True)
class Goals:
    """The parts that the rest of the program speaks to."""

    desk: GoalDesk
    watching: Watching

    def duty(self, *, divisor: float) -> Duty:
        """What must run for reached goals to be told; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.watching.look, passing=(DatabaseUnreachable,))
        return Duty("goals", run, _LIMIT)


def open_goals(
    *, database: Database, effects: Effects, ledger: Ledger, telling: Telling, clock: Clock
) -> Goals:
    """Goals of what this ledger has; `telling`: who is told that one was reached."""
    counting = Counting(ledger=ledger, clock=clock)
    return Goals(
        desk=GoalDesk(database=database, ledger=ledger, counting=counting, trail=effects.trail, clock=clock),
        watching=Watching(database=database, counting=counting, telling=telling, clock=clock),
    )
