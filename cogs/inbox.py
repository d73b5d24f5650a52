"""/inbox problems: what waits for a person, and the buttons that settle it."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.guild.bridge import Bridge
from bot.guild.inbox import show_list


class Inbox(commands.GroupCog, group_name="inbox", group_description="What waits for the team."):
    """The team's inbox."""

    @app_commands.command(name="problems", description="Show what waits for a person, and settle it.")
    async def problems(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking person alone; only what they may settle is listed."""
        await show_list(interaction)


async def setup(bot: Bridge) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Inbox())
