"""/inbox status: how the bridge is doing, red or green."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, each
from bot.discord.command_examples import example
from cogs.operations.problem_views import show_status


class StatusCog(commands.GroupCog, group_name="inbox"):
    """Shows the bridge's status."""

    @app_commands.command(name="status", description="Show whether everything works, and what doesn't.")
    @example("/inbox status")
    @asks(Action.STATUS, each)
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking person alone; only creators whose fans they may answer, and their own."""
        await show_status(interaction)
