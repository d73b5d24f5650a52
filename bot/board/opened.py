"""Builds the board of who waits, and says what of it runs in the background."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.board.noticing import Noticing
from bot.board.reading import Reading
from bot.board.showing import KIND, BoardPort, ShowWaiting
from bot.board.worth import Marked, Worth
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.relay.context import Context


@dataclass(frozen=True)
class Board:
    """The parts that the rest of the program speaks to."""

    reading: Reading
    noticing: Noticing
    on: Context

    def deeds(self, discord: BoardPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the board's own."""
        show = ShowWaiting(
            database=self.on.database,
            discord=discord,
            reading=self.reading,
            ids=self.on.effects.ids,
            clock=self.on.clock,
            waits=self.on.waits,
            late=self.on.late,
        )
        return {KIND: show}

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for the boards to stay true."""
        return self.noticing.duty(divisor=divisor)


def open_board(on: Context, marked: Marked) -> Board:
    """Whoever builds it has it told of every talk that changed (`noticing.changed`)."""
    worth = Worth(marked=marked, pseudonyms=on.effects.trail.pseudonyms, clock=on.clock)
    reading = Reading(database=on.database, worth=worth, clock=on.clock)
    noticing = Noticing(
        database=on.database,
        effects=on.effects,
        reading=reading,
        clock=on.clock,
        ids=on.ids,
        pause=on.waits.board,
    )
    return Board(reading, noticing, on)
