"""Builds what shows the time before the bridge."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.history.reading import EarlierPort, ReadHistory, ReadHistoryLater, Reading
from bot.history.wanting import LATER, READ, Wanting
from bot.relay.context import Context


@dataclass(frozen=True)
class History:
    """The parts that the rest of the program speaks to."""

    wanting: Wanting
    ground: Context
    reading: Reading

    def deeds(self) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of history."""
        effects = self.ground.effects
        return {
            READ: ReadHistory(self.reading, effects),
            LATER: ReadHistoryLater(self.reading, effects),
        }


def open_history(on: Context, there: EarlierPort, lines: int) -> History:
    """`lines`: so many messages at most; 0: none are shown."""
    reading = Reading(on.database, there, lines)
    return History(Wanting(on.effects, lines), on, reading)
