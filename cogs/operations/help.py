"""/help: the commands one may use here, with an example of each."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, nobody
from bot.discord.bridge import DiscordBridge
from bot.discord.command_examples import example
from cogs.operations.help_views import offer_commands, show_help


class HelpCog(commands.Cog):
    @app_commands.command(name="help", description="Show what you may do here, with examples.")
    @app_commands.describe(command="All about one command. Without it: those that you may use.")
    @example("/help command:snooze")
    @asks(Action.HELP, nobody)
    async def show(self, interaction: discord.Interaction[Any], command: str | None = None) -> None:
        """Shown to the asking person alone."""
        await show_help(interaction, command)

    show.autocomplete("command")(offer_commands)


async def setup(bot: DiscordBridge) -> None:
    """Called by the bot before it connects."""
    await bot.add_cog(HelpCog())
