"""Builds the approval lane, and what leads and writers do with it."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.approvals.case_service import ApprovalCaseService
from bot.features.inbox.approvals.check import LeadApprovalCheck
from bot.features.inbox.approvals.decision_service import ApprovalDecisionService
from bot.features.inbox.approvals.home_part import review_part
from bot.features.inbox.approvals.lane import ApprovalLane, Changed
from bot.features.inbox.approvals.list_service import ApprovalListService
from bot.features.inbox.approvals.recovery_service import ApprovalRecoveryService
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.checks.model import HELD_REPLY_LANE, REPLY_CHECKS
from bot.features.signals import HELD_REPLIES_CHANGED
from bot.relay.context import Context


def make_lane(on: Context, changed: Changed) -> tuple[ApprovalLane, LeadApprovalCheck]:
    """The lane where held replies wait, and the check that holds those of trainees.

    `changed`: shows how many wait.
    """
    lane = ApprovalLane(on, changed=changed)
    return lane, LeadApprovalCheck()


class ApprovalsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, lane: ApprovalLane, answering: ChecksFeature) -> None:
        """The services that decide about held replies, with the checks of `answering`."""
        kept = answering.kept
        looking = ApprovalCaseService(on, checks=answering.checks)
        self.listing = ApprovalListService(on, looking=looking, kept=kept)
        self.deciding = ApprovalDecisionService(
            on, looking=looking, listing=self.listing, kept=kept, leave=answering.replies
        )
        self.resuming = ApprovalRecoveryService(on, looking=looking)
        self.lane = lane


def build_lane(ctx: FeatureContext) -> Feature:
    """Where replies wait for a lead, and the check that has those of trainees wait: before the checks."""
    lane, needs_lead = make_lane(ctx, ctx.listeners.telling(HELD_REPLIES_CHANGED))
    return Feature(
        name="approval lane",
        parts=(lane,),
        brings=(REPLY_CHECKS.of(needs_lead), HELD_REPLY_LANE.of(lane)),
    )


def build(ctx: FeatureContext) -> Feature:
    """The decisions of leads about held replies."""
    approvals = ApprovalsFeature(ctx, ctx.get(ApprovalLane), ctx.get(ChecksFeature))
    return Feature(
        name="approvals",
        services=(approvals.listing, approvals.deciding),
        brings=(review_part(approvals.listing),),
        tasks=(approvals.lane.task(divisor=ctx.divisor),),
        resumes=(approvals.resuming.resume,),
    )
