"""Builds what shows the time before the bridge."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.history.effects import HistoryHandler, HistoryReader, LateHistoryHandler
from bot.features.inbox.history.scheduling import LATER, READ, HistoryScheduler
from bot.features.inbox.purchases.chat_observer import ObservedChats
from bot.features.signals import THREAD_WANTED


def build(ctx: FeatureContext) -> Feature:
    """A fan's first thread begins with the newest of what was said before it."""
    lines = ctx.settings.history_lines
    reading = HistoryReader(ctx.database, ctx.get(ObservedChats), lines)
    return Feature(
        name="history",
        effects={
            READ: HistoryHandler(reading, ctx.effects),
            LATER: LateHistoryHandler(reading, ctx.effects),
        },
        listeners=(THREAD_WANTED.to(HistoryScheduler(ctx.effects, lines).first),),
    )
