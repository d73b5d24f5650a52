"""/home: what a member needs to know now, on one private panel."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, each
from bot.discord.command_examples import example
from cogs.people.home_views import show_home


class HomeCog(commands.Cog):
    @app_commands.command(name="home", description="Show what waits for you now, and where to go on.")
    @example("/home")
    @asks(Action.HOME, each)
    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking person alone, about all creators of this server whose team they are in."""
        await show_home(interaction)
