"""Builds what shows cards."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.features.inbox.fan_card.effects import FanCardHandler, FanCardPort
from bot.features.inbox.fan_card.loader import FanCardLoader, Marks, Mode, Owed, nothing_said, unmarked
from bot.features.inbox.fan_card.scheduling import KIND, FanCardScheduler
from bot.features.inbox.fan_card.tasks import FanCardTroubleTask
from bot.relay.context import Context


@dataclass(frozen=True)
class FanCardFeature:
    """The parts that the rest of the program speaks to."""

    ground: Context
    wanting: FanCardScheduler
    knowing: FanCardLoader
    troubles: FanCardTroubleTask

    def deeds(self, discord: FanCardPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of cards."""
        on = self.ground
        show = FanCardHandler(
            database=on.database,
            discord=discord,
            knowing=self.knowing,
            hashed=on.effects.ids.hashed,
            late=on.late,
        )
        return {KIND: show}


def open_cards(
    on: Context,
    wanting: FanCardScheduler,
    marks: Marks = unmarked,
    owed: Owed = unmarked,
    mode: Mode = nothing_said,
    told: Marks = unmarked,
) -> FanCardFeature:
    """`wanting`: the same that is told of what changes. `marks`, `owed`, `told`: as in `FanCardLoader`.

    `mode`: what whoever writes in a thread should know.
    """
    return FanCardFeature(
        ground=on,
        wanting=wanting,
        knowing=FanCardLoader(clock=on.clock, marks=marks, owed=owed, mode=mode, told=told),
        troubles=FanCardTroubleTask(database=on.database, wanting=wanting),
    )
