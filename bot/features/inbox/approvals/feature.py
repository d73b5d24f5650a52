"""Builds the approval lane, and what leads and writers do with it."""

from dataclasses import dataclass

from bot.engine.supervision import BackgroundTask
from bot.features.inbox.approvals.case_service import ApprovalCaseService
from bot.features.inbox.approvals.check import LeadApprovalCheck
from bot.features.inbox.approvals.decision_service import ApprovalDecisionService
from bot.features.inbox.approvals.lane import ApprovalLane, Changed
from bot.features.inbox.approvals.list_service import ApprovalListService
from bot.features.inbox.approvals.recovery_service import ApprovalRecoveryService
from bot.features.inbox.checks.feature import ChecksFeature
from bot.relay.context import Context


@dataclass(frozen=True)
class ApprovalsFeature:
    """The parts that the rest of the program speaks to."""

    listing: ApprovalListService
    deciding: ApprovalDecisionService
    lane: ApprovalLane
    resuming: ApprovalRecoveryService  # at start

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for held replies to end."""
        return self.lane.duty(divisor=divisor)


def open_lane(on: Context, changed: Changed) -> tuple[ApprovalLane, LeadApprovalCheck]:
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
    return lane, LeadApprovalCheck()


def open_approving(on: Context, lane: ApprovalLane, answering: ChecksFeature) -> ApprovalsFeature:
    """What decides about them, with the checks of `answering`."""
    kept = answering.kept
    looking = ApprovalCaseService(checks=answering.checks, commands=on.commands, clock=on.clock, ids=on.ids)
    listing = ApprovalListService(database=on.database, looking=looking, kept=kept, clock=on.clock)
    deciding = ApprovalDecisionService(
        database=on.database,
        commands=on.commands,
        looking=looking,
        listing=listing,
        kept=kept,
        leave=answering.replies,
        trail=on.effects.trail,
        clock=on.clock,
    )
    resuming = ApprovalRecoveryService(
        database=on.database, commands=on.commands, looking=looking, clock=on.clock, answer=on.waits.answer
    )
    return ApprovalsFeature(listing, deciding, lane, resuming)
