"""Builds what knows how fans stand to a creator."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.features.inbox.fan_status.service import (
    KIND,
    FanStatusHandler,
    FanStatusPort,
    FanStatusService,
    Want,
)
from bot.relay.context import Context


@dataclass(frozen=True)
class FanStatusFeature:
    """The parts that the rest of the program speaks to."""

    standings: FanStatusService
    there: FanStatusPort
    ground: Context

    def deeds(self) -> Mapping[str, EffectHandler]:
        """The one kind of effect that is of it."""
        on = self.ground
        look = FanStatusHandler(
            database=on.database, clock=on.clock, fans_there=self.there, standings_here=self.standings
        )
        return {KIND: look}


def open_standing(on: Context, there: FanStatusPort, want: Want) -> FanStatusFeature:
    """`want` has a fan's card shown."""
    standings = FanStatusService(effects=on.effects, clock=on.clock, want=want, gather=on.waits.gather)
    return FanStatusFeature(standings, there, on)
