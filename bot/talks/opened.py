"""Builds what claims are made of; talks themselves are kept from the ground up."""

from dataclasses import dataclass

from bot.engine.supervision import BackgroundTask
from bot.relay.context import Context
from bot.talks.changes import Changes
from bot.talks.claiming import Claiming
from bot.talks.ending import Ended, Ending
from storage.inbox import fan_claims

CLAIMS = Ended("claims", fan_claims.over, fan_claims.free)


@dataclass(frozen=True)
class Talks:
    """The parts that the rest of the program speaks to."""

    claiming: Claiming
    expiring: Ending

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for claims to end in view, too."""
        return self.expiring.duty(divisor=divisor)


def open_talks(on: Context, changes: Changes) -> Talks:
    """`changes`: the same that whoever keeps the ground's talks tells of."""
    claiming = Claiming(
        database=on.database,
        effects=on.effects,
        changes=changes,
        clock=on.clock,
        ids=on.ids,
        lasts=on.waits.claim,
    )
    return Talks(claiming, Ending(database=on.database, changes=changes, clock=on.clock, what=CLAIMS))
