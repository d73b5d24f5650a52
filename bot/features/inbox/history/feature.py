"""Builds what shows the time before the bridge."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.features.inbox.history.effects import (
    HistoryHandler,
    HistoryPort,
    HistoryReader,
    LateHistoryHandler,
)
from bot.features.inbox.history.scheduling import LATER, READ, HistoryScheduler
from bot.relay.context import Context


@dataclass(frozen=True)
class HistoryFeature:
    """The parts that the rest of the program speaks to."""

    wanting: HistoryScheduler
    ground: Context
    reading: HistoryReader

    def deeds(self) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of history."""
        effects = self.ground.effects
        return {
            READ: HistoryHandler(self.reading, effects),
            LATER: LateHistoryHandler(self.reading, effects),
        }


def open_history(on: Context, there: HistoryPort, lines: int) -> HistoryFeature:
    """`lines`: so many messages at most; 0: none are shown."""
    reading = HistoryReader(on.database, there, lines)
    return HistoryFeature(HistoryScheduler(on.effects, lines), on, reading)
