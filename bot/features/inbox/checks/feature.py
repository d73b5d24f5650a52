"""Builds replies together with all that is looked at before one leaves."""

from collections.abc import Sequence

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.colleague_check import ColleagueCheck
from bot.features.inbox.checks.gate import ReplyCheckGate
from bot.features.inbox.checks.model import (
    DRAFT_TAKEN,
    HELD_REPLY_LANE,
    REPLY_CHECKS,
    REPLY_DRAFTS,
    DraftTaken,
    HeldReplyLane,
    NoHeldReplyLane,
    ReplyCheck,
    ReplyDraftReader,
)
from bot.features.inbox.checks.origin import ReplyOrigin
from bot.features.inbox.checks.pending_replies import PendingReplies
from bot.features.inbox.checks.pending_reply_service import PendingReplyService
from bot.features.inbox.checks.recovery_service import PendingReplyRecoveryService
from bot.features.inbox.checks.stale_draft_check import StaleDraftCheck
from bot.relay import scheduled_replies
from bot.relay.context import Context
from bot.relay.replies import ReplyService
from storage.database import Transaction
from storage.records import DraftId

_NO_LANE = NoHeldReplyLane()


def _pending(on: Context, lane: HeldReplyLane) -> PendingReplies:
    """The lane and the schedule hear of each that ends."""

    async def ended(tx: Transaction, ref: DraftId) -> None:
        await lane.ended(tx, ref)
        await scheduled_replies.over(tx, on.effects, ref, now=on.clock.now())

    return PendingReplies(on, ended=ended)


class ChecksFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self,
        on: Context,
        *,
        more: Sequence[ReplyCheck] = (),
        lane: HeldReplyLane = _NO_LANE,
        taken: Sequence[DraftTaken] = (),
        drafts: Sequence[ReplyDraftReader] = (),
    ) -> None:
        """Replies, looked at for news, for colleagues, and by `more`; questions are shown in this order."""
        self.kept = _pending(on, lane)
        self.checks = ReplyCheckGate(
            on,
            checks=(StaleDraftCheck(on.effects), ColleagueCheck(), *more),
            kept=self.kept,
            lane=lane,
            taken=taken,
        )
        self.replies = ReplyService(
            on,
            gate=self.checks,
            line_waits=on.waits.reply_line,
            draft_in=ReplyOrigin(on, kept=self.kept, readers=drafts).of,
        )
        self.pressing = PendingReplyService(on, checks=self.checks, kept=self.kept, leave=self.replies)
        self.resuming = PendingReplyRecoveryService(on, kept=self.kept, lane=lane)


def build(ctx: FeatureContext) -> Feature:
    """Replies, looked at by the checks that features built before bring; held ones go into their lane."""
    more = ctx.brought(REPLY_CHECKS, "checks")
    lane = next(iter(ctx.brought(HELD_REPLY_LANE, "checks")), _NO_LANE)
    checks = ChecksFeature(
        ctx,
        more=more,
        lane=lane,
        taken=ctx.brought(DRAFT_TAKEN, "checks"),
        drafts=ctx.brought(REPLY_DRAFTS, "checks"),
    )
    return Feature(
        name="checks",
        parts=(checks,),
        services=(
            ctx.points.around("reply", checks.replies),
            ctx.points.around("pressing", checks.pressing),
        ),
        resumes=(checks.resuming.resume,),
    )
