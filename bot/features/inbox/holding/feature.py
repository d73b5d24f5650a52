"""Builds what has replies wait, and what cancels them."""

from dataclasses import dataclass

from bot.features.inbox.checks.pending_replies import PendingReplies
from bot.features.inbox.holding.cancellation_service import ReplyCancellationService
from bot.features.inbox.holding.setting import ReplyHoldSetting
from bot.relay.context import Context


@dataclass(frozen=True)
class HoldingFeature:
    """The parts that the rest of the program speaks to. That they wait is the relay's to keep."""

    setting: ReplyHoldSetting
    cancelling: ReplyCancellationService


def open_holding(on: Context, kept: PendingReplies) -> HoldingFeature:
    """`kept`: where what is cancelled stays."""
    cancelling = ReplyCancellationService(
        database=on.database, commands=on.commands, effects=on.effects, kept=kept, clock=on.clock
    )
    return HoldingFeature(
        ReplyHoldSetting(database=on.database, clock=on.clock, trail=on.effects.trail), cancelling
    )
