"""/post review: posts that members suggested, for members who may publish."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, each
from bot.discord.command_examples import example
from cogs.publishing.suggestion_views import show_suggestions


class ReviewPostsCog(commands.GroupCog, group_name="post"):
    """Posts wait for somebody who may publish."""

    @app_commands.command(
        name="review", description="Review posts that members suggest: publish, edit, return or refuse."
    )
    @example("/post review")
    @asks(Action.POST, each)
    async def posts(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking person alone, about all creators of this server for whom they may publish."""
        await show_suggestions(interaction)
