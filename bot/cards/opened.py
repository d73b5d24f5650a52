"""Builds what shows cards."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards.knowing import Knowing, Marks, Mode, Owed, nothing_said, unmarked
from bot.cards.showing import CardPort, ShowCard
from bot.cards.troubles import Troubles
from bot.cards.wanting import KIND, Cards
from bot.engine.effect_handler import EffectHandler
from bot.relay.context import Context


@dataclass(frozen=True)
class FanCardsOpened:
    """The parts that the rest of the program speaks to."""

    ground: Context
    wanting: Cards
    knowing: Knowing
    troubles: Troubles

    def deeds(self, discord: CardPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of cards."""
        on = self.ground
        show = ShowCard(
            database=on.database,
            discord=discord,
            knowing=self.knowing,
            hashed=on.effects.ids.hashed,
            late=on.late,
        )
        return {KIND: show}


def open_cards(
    on: Context,
    wanting: Cards,
    marks: Marks = unmarked,
    owed: Owed = unmarked,
    mode: Mode = nothing_said,
    told: Marks = unmarked,
) -> FanCardsOpened:
    """`wanting`: the same that is told of what changes. `marks`, `owed`, `told`: as in `Knowing`.

    `mode`: what whoever writes in a thread should know.
    """
    return FanCardsOpened(
        ground=on,
        wanting=wanting,
        knowing=Knowing(clock=on.clock, marks=marks, owed=owed, mode=mode, told=told),
        troubles=Troubles(database=on.database, wanting=wanting),
    )
