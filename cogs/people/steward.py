"""/account steward: stand in for a creator whom one's own account manages."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, nobody
from bot.discord.command_examples import example
from cogs.people import steward_views


class StewardCog(commands.GroupCog, group_name="account"):
    """For agencies, until a creator connects its own account."""

    @app_commands.command(name="steward", description="Manage a creator until they link their own account.")
    @app_commands.describe(creator="A creator your own Fanvue account manages.")
    @app_commands.autocomplete(creator=steward_views.offer_creators)
    @example("/account steward creator:@mila")
    @asks(Action.STEWARD, nobody)
    async def stand_in(self, interaction: discord.Interaction[Any], creator: str) -> None:
        """Says what it means, and asks once more."""
        await steward_views.ask(interaction, creator)
