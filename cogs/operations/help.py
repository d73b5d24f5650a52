"""/help: what somebody wants to do, and the commands one may use here."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, nobody
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.operations.help_task_views import offer_tasks, search_tasks, show_tasks
from cogs.operations.help_views import offer_commands, show_command


class HelpCog(commands.Cog):
    @app_commands.command(name="help", description="Show what you may do here, with examples.")
    @app_commands.describe(
        search="What you want to do, for example: send a paid picture.",
        command="One command in detail.",
    )
    @example("/help search:{search}", search=msgid("send a paid picture"))
    @asks(Action.HELP, nobody)
    async def show(
        self,
        interaction: discord.Interaction[Any],
        search: app_commands.Range[str, 1, 60] | None = None,
        command: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        if command is not None:
            await show_command(interaction, command)
        elif search is not None:
            await search_tasks(interaction, search)
        else:
            await show_tasks(interaction)

    show.autocomplete("search")(offer_tasks)
    show.autocomplete("command")(offer_commands)
