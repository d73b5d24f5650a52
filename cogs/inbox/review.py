"""/inbox review: replies that wait for a lead."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, each
from bot.discord.command_examples import example
from cogs.inbox.review_views import show_reviews


class ReviewCog(commands.GroupCog, group_name="inbox"):
    @app_commands.command(name="review", description="Review replies that wait for you, and decide.")
    @example("/inbox review")
    @asks(Action.REVIEW, each)
    async def review(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking lead alone, about all creators of this server whose lead they are."""
        await show_reviews(interaction)
