"""A desk's holding: everything is cancelled in time."""

from bot.features.inbox.holding.cancellation_service import ReplyCancellationService
from bot.features.inbox.holding.setting import ReplyHoldSetting
from tests.discord.desk_answers import answering

STAND_INS = answering(
    ReplyCancellationService,
    ReplyHoldSetting,
    hold=lambda seconds: f"Held: {seconds}.",
    cancel="Cancelled.",
)
