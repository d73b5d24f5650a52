"""Builds what has replies wait, and what cancels them."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.checks.pending_replies import PendingReplies
from bot.features.inbox.holding import setting_rows
from bot.features.inbox.holding.cancellation_service import ReplyCancellationService
from bot.features.inbox.holding.setting import ReplyHoldSetting
from bot.relay.context import Context


class HoldingFeature:
    """The parts that the rest of the program speaks to. That they wait is the relay's to keep."""

    def __init__(self, on: Context, kept: PendingReplies) -> None:
        """`kept`: where what is cancelled stays."""
        self.cancelling = ReplyCancellationService(on, kept=kept)
        self.setting = ReplyHoldSetting(on)


def build(ctx: FeatureContext) -> Feature:
    """Cancelled replies stay with the checks' kept replies."""
    holding = HoldingFeature(ctx, ctx.get(ChecksFeature).kept)
    services = (holding.setting, holding.cancelling)
    return Feature(name="holding", services=services, brings=setting_rows.ROWS)
