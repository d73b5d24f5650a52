"""/team figures: how much each member answers, and how fast."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen
from bot.discord.command_examples import example
from bot.features.people.workload.texts import PERIODS
from bot.model.language import msgid
from cogs.people.workload_views import show_workload


class TeamFiguresCog(commands.GroupCog, group_name="team"):
    """The work of each member."""

    @app_commands.command(
        name="figures",
        description="Show how much and how fast each member answers, and what was bought, only to you.",
    )
    @app_commands.describe(
        period="How far back. Leave empty for the last 7 days.",
        as_file="Also as a CSV file, for you alone.",
    )
    @app_commands.choices(
        period=[app_commands.Choice(name=words, value=days) for days, words in PERIODS.items()]
    )
    @example("/team figures period:{period} as_file:True", period=msgid("the last 30 days"))
    @asks(Action.TEAM_FIGURES, chosen)
    async def figures(
        self,
        interaction: discord.Interaction[Any],
        period: str = "7",
        as_file: bool = False,  # noqa: FBT001, FBT002 - how discord.py asks for a yes or no
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        await show_workload(interaction, period, as_file=as_file)
