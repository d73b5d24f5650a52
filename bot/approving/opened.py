"""Builds the approval lane, and what leads and writers do with it."""

from dataclasses import dataclass

from bot.approving.check import NeedsLead
from bot.approving.deciding import Deciding
from bot.approving.lane import ApprovalLane, Changed
from bot.approving.listing import Listing
from bot.approving.looking import Looking
from bot.approving.resuming import Resuming
from bot.checks.opened import Answering
from bot.engine.supervision import BackgroundTask
from bot.relay.context import Context


@dataclass(frozen=True)
class Approving:
    """The parts that the rest of the program speaks to."""

    listing: Listing
    deciding: Deciding
    lane: ApprovalLane
    resuming: Resuming  # at start

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for held replies to end."""
        return self.lane.duty(divisor=divisor)


def open_lane(on: Context, changed: Changed) -> tuple[ApprovalLane, NeedsLead]:
    """What replies are built with: where held ones wait, and the check that holds those of trainees.

    `changed`: whoever shows how many wait.
    """
    lane = ApprovalLane(
        database=on.database,
        effects=on.effects,
        commands=on.commands,
        clock=on.clock,
        ids=on.ids,
        changed=changed,
    )
    return lane, NeedsLead()


def open_approving(on: Context, lane: ApprovalLane, answering: Answering) -> Approving:
    """What decides about them, with the checks of `answering`."""
    kept = answering.kept
    looking = Looking(checks=answering.checks, commands=on.commands, clock=on.clock, ids=on.ids)
    listing = Listing(database=on.database, looking=looking, kept=kept, clock=on.clock)
    deciding = Deciding(
        database=on.database,
        commands=on.commands,
        looking=looking,
        listing=listing,
        kept=kept,
        leave=answering.replies,
        trail=on.effects.trail,
        clock=on.clock,
    )
    resuming = Resuming(
        database=on.database, commands=on.commands, looking=looking, clock=on.clock, answer=on.waits.answer
    )
    return Approving(listing, deciding, lane, resuming)
