"""Builds what knows how fans stand to a creator."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.relay.context import Context
from bot.standing.hearing import KIND, FansPort, LookAtFan, Standings, Want


@dataclass(frozen=True)
class StandingOpened:
    """The parts that the rest of the program speaks to."""

    standings: Standings
    there: FansPort
    ground: Context

    def deeds(self) -> Mapping[str, EffectHandler]:
        """The one kind of effect that is of it."""
        on = self.ground
        look = LookAtFan(
            database=on.database, clock=on.clock, fans_there=self.there, standings_here=self.standings
        )
        return {KIND: look}


def open_standing(on: Context, there: FansPort, want: Want) -> StandingOpened:
    """`want` has a fan's card shown."""
    standings = Standings(effects=on.effects, clock=on.clock, want=want, gather=on.waits.gather)
    return StandingOpened(standings, there, on)
