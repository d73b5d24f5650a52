"""Builds what has replies wait, and what cancels them."""

from dataclasses import dataclass

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.checks.pending_replies import PendingReplies
from bot.features.inbox.holding import setting_rows
from bot.features.inbox.holding.cancellation_service import ReplyCancellationService
from bot.features.inbox.holding.setting import ReplyHoldSetting
from bot.relay.context import Context


@dataclass(frozen=True)
class HoldingFeature:
    """The parts that the rest of the program speaks to. That they wait is the relay's to keep."""

    setting: ReplyHoldSetting
    cancelling: ReplyCancellationService


def make_holding(on: Context, kept: PendingReplies) -> HoldingFeature:
    """`kept`: where what is cancelled stays."""
    cancelling = ReplyCancellationService(on, kept=kept)
    return HoldingFeature(ReplyHoldSetting(on), cancelling)


def build(ctx: FeatureContext) -> Feature:
    """Cancelled replies stay with the checks' kept replies."""
    holding = make_holding(ctx, ctx.get(ChecksFeature).kept)
    services = (holding.setting, holding.cancelling)
    return Feature(name="holding", services=services, brings=setting_rows.ROWS)
