"""/settings: all that is set for a creator, in one place."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here_or_chosen
from bot.discord.command_examples import example
from cogs.operations.settings_views import show_settings


class SettingsCog(commands.GroupCog, group_name="settings"):
    @app_commands.command(name="show", description="Show all settings of a creator, and change them.")
    @example("/settings show")
    @asks(Action.SETTINGS, here_or_chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Shown to the asking person alone; only what they may see is there."""
        await show_settings(interaction)
