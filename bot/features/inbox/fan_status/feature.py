"""Builds what knows how fans stand to a creator."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.fan_status.fanvue import FanvueFanStatus
from bot.features.inbox.fan_status.service import KIND, FanStatusHandler, FanStatusService
from bot.features.signals import CONVERSATION_CHANGED, FACT_DECIDED, FAN_CHANGED, FAN_LEARNED, REPLY_ENDED


def build(ctx: FeatureContext) -> Feature:
    """Fanvue is asked about a fan when something happens to their chat."""
    there = FanvueFanStatus(ctx.fanvue, ctx.identity, ctx.clock)
    standings = FanStatusService(
        ctx, want=ctx.listeners.telling(FAN_CHANGED), learned=ctx.listeners.telling(FAN_LEARNED)
    )
    look = FanStatusHandler(ctx, fans_there=there, standings_here=standings)
    return Feature(
        name="fan status",
        parts=(standings,),
        effects={KIND: look},
        listeners=(
            FACT_DECIDED.to(standings.happened),
            CONVERSATION_CHANGED.to(standings.conversation_changed),
            REPLY_ENDED.to(standings.refused),
        ),
    )
