"""Builds what a creator's team needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.features.people.team.access_doctor import AccessDoctor
from bot.features.people.team.grant_service import TeamGrantService
from bot.features.people.team.leave_service import CreatorLeaveService
from bot.features.people.team.service import TeamService
from bot.relay.channel_access import KIND, ChannelAccessHandler, ChannelAccessPort
from bot.relay.context import Context


@dataclass(frozen=True)
class TeamFeature:
    """The parts that the rest of the program speaks to."""

    leaving: CreatorLeaveService
    granting: TeamGrantService
    looking: TeamService
    overseeing: AccessDoctor
    ground: Context

    def deeds(self, discord: ChannelAccessPort) -> Mapping[str, EffectHandler]:
        """The kind of effect by which a role sees channels, or sees them no more."""
        on = self.ground
        return {
            KIND: ChannelAccessHandler(
                database=on.database, discord=discord, dispatch=on.dispatch, clock=on.clock
            )
        }


def open_team(on: Context) -> TeamFeature:
    """A team on this database."""
    return TeamFeature(
        leaving=CreatorLeaveService(
            database=on.database, effects=on.effects, dispatch=on.dispatch, clock=on.clock, ids=on.ids
        ),
        granting=TeamGrantService(database=on.database, effects=on.effects, clock=on.clock, ids=on.ids),
        looking=TeamService(database=on.database, ids=on.effects.ids),
        overseeing=AccessDoctor(database=on.database, effects=on.effects, clock=on.clock, serving=on.serving),
        ground=on,
    )
