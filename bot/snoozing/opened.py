"""Builds what members do to put fans aside, and what brings these back."""

from dataclasses import dataclass

from bot.engine.supervision import BackgroundTask
from bot.relay.context import Context
from bot.snoozing.aside import Aside
from bot.snoozing.several import PageOf, Several
from bot.talks.changes import Changes
from bot.talks.ending import Ended, Ending
from storage.inbox import snoozes

SNOOZES = Ended("snoozes", snoozes.over, snoozes.wake)


@dataclass(frozen=True)
class Snoozing:
    """The parts that the rest of the program speaks to."""

    aside: Aside
    several: Several
    waking: Ending

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for fans to come back in view, too."""
        return self.waking.duty(divisor=divisor)


def open_snoozing(on: Context, changes: Changes, pages: PageOf) -> Snoozing:
    """`changes`: the same that whoever keeps the ground's talks tells of. `pages`: of members' lists."""
    aside = Aside(
        database=on.database,
        trail=on.effects.trail,
        changes=changes,
        clock=on.clock,
        unread=on.waits.unread,
    )
    several = Several(database=on.database, aside=aside, pages=pages, clock=on.clock, ids=on.ids)
    return Snoozing(
        aside, several, Ending(database=on.database, changes=changes, clock=on.clock, what=SNOOZES)
    )
