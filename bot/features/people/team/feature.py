"""Builds what a creator's team needs."""

from collections.abc import Mapping, Sequence

from bot.discord.channel_access import DiscordChannelAccess
from bot.discord.channel_visibility import ChannelVisibility
from bot.engine.effect_handler import EffectHandler
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.people.team.access_doctor import AccessDoctor
from bot.features.people.team.grant_service import Granted, TeamGrantService
from bot.features.people.team.leave_service import CreatorLeaveService
from bot.features.people.team.service import TeamService
from bot.features.people.team.tasks import access_task
from bot.features.signals import GRANTED
from bot.relay.channel_access import KIND, ChannelAccessHandler, ChannelAccessPort
from bot.relay.context import Context


class TeamFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, granted: Granted) -> None:
        """A team on this database; `granted` is told of each grant."""
        self.leaving = CreatorLeaveService(on)
        self.granting = TeamGrantService(on, granted=granted)
        self.looking = TeamService(on)
        self.overseeing = AccessDoctor(
            database=on.database, effects=on.effects, clock=on.clock, serving=on.serving
        )
        self.ground = on

    def handlers(self, discord: ChannelAccessPort) -> Mapping[str, EffectHandler]:
        """The kind of effect by which a role sees channels, or sees them no more."""
        on = self.ground
        return {
            KIND: ChannelAccessHandler(
                database=on.database, discord=discord, dispatch=on.dispatch, clock=on.clock
            )
        }


def build(ctx: FeatureContext) -> Feature:
    """The access doctor asks Discord, which shows each bot its own servers."""
    team = TeamFeature(ctx, ctx.listeners.telling(GRANTED))

    def handlers(on: DiscordPorts) -> Mapping[str, EffectHandler]:
        return team.handlers(ctx.points.around("doors", DiscordChannelAccess(on.direct, on.discord.me)))

    def tasks(on: DiscordPorts) -> Sequence[PlacedTask]:
        doctor = team.overseeing
        task = access_task(
            doctor.look, doctor.look_at_roles, ChannelVisibility(on.bot).see, ready=on.connected
        )
        return (PlacedTask(task, TaskPlacement.EACH_BOT),)

    return Feature(
        name="team",
        services=(team.leaving, team.granting, team.looking, team.overseeing),
        effects=handlers,
        tasks=tasks,
    )
