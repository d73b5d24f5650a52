"""Builds what a creator's team needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.relay.channel_access import KIND, ChannelAccessHandler, ChannelAccessPort
from bot.relay.context import Context
from bot.team.granting import Granting
from bot.team.leaving import Leaving
from bot.team.looking import Looking
from bot.team.overseeing import Overseeing


@dataclass(frozen=True)
class Team:
    """The parts that the rest of the program speaks to."""

    leaving: Leaving
    granting: Granting
    looking: Looking
    overseeing: Overseeing
    ground: Context

    def deeds(self, discord: ChannelAccessPort) -> Mapping[str, EffectHandler]:
        """The kind of effect by which a role sees channels, or sees them no more."""
        on = self.ground
        return {
            KIND: ChannelAccessHandler(
                database=on.database, discord=discord, dispatch=on.dispatch, clock=on.clock
            )
        }


def open_team(on: Context) -> Team:
    """A team on this database."""
    return Team(
        leaving=Leaving(
            database=on.database, effects=on.effects, dispatch=on.dispatch, clock=on.clock, ids=on.ids
        ),
        granting=Granting(database=on.database, effects=on.effects, clock=on.clock, ids=on.ids),
        looking=Looking(database=on.database, ids=on.effects.ids),
        overseeing=Overseeing(database=on.database, effects=on.effects, clock=on.clock, serving=on.serving),
        ground=on,
    )
