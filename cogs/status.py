"""/status: how the bridge is doing, red or green."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.guild.asking import asks, each
from bot.guild.bridge import Bridge
from bot.guild.examples import example
from bot.guild.inbox import show_status


class Status(commands.Cog):
    """How the bridge is doing."""

    @app_commands.command(name="status", description="Show whether everything works, and what does not.")
    @example("/status")
    @asks(Action.STATUS, each)
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking person alone; only creators whose fans they may answer, and their own."""
        await show_status(interaction)


async def setup(bot: Bridge) -> None:
    """Called by the bot before it connects."""
    await bot.add_cog(Status())
