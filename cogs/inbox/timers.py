"""/inbox timers: when a team is pinged about who waits."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import private
from bot.discord.asking import asks, here_or_chosen, permit_of
from bot.discord.bridge import service
from bot.discord.command_examples import example
from bot.features.inbox.timers.setting import TimerSetting

_LONGEST = 10_080  # minutes: a week


class TimersCog(commands.GroupCog, group_name="inbox"):
    """When people who keep fans waiting are pinged."""

    @app_commands.command(name="timers", description="Set when your team is pinged about waiting fans.")
    @app_commands.describe(
        first="Minutes until we ping the person who answers the fan, else the team. 0: no pings.",
        second="Minutes more until we ping the team, and then its leads. 0: nobody else.",
        quiet_from="From this time of day we ping nobody, for example 22:00.",
        quiet_to="Until this time of day, for example 8:00.",
    )
    @example("/inbox timers first:10 second:20 quiet_from:22:00 quiet_to:8:00")
    @asks(Action.TIMERS, here_or_chosen)
    async def set_timers(
        self,
        interaction: discord.Interaction[Any],
        first: app_commands.Range[int, 0, _LONGEST] | None = None,
        second: app_commands.Range[int, 0, _LONGEST] | None = None,
        quiet_from: str | None = None,
        quiet_to: str | None = None,
        creator: str | None = None,
    ) -> None:
        """Change what was typed; without anything, say what holds."""
        permit, timers = permit_of(interaction), service(interaction, TimerSetting)
        await private(
            interaction,
            lambda: timers.set(permit, first=first, second=second, quiet_from=quiet_from, quiet_to=quiet_to),
        )
