"""/review posts: posts that members suggested, for members who may publish."""

from typing import Any

import discord
from discord import app_commands

from bot.access.policy import Action
from bot.discord.asking import asks, each
from bot.discord.bridge import DiscordBridge
from bot.discord.command_examples import example
from cogs.publishing.suggestion_views import show_suggestions


@example("/review posts")
@asks(Action.POST, each)
async def posts(interaction: discord.Interaction[Any]) -> None:
    """Shown to the asking person alone, about all creators of this server for whom they may publish."""
    await show_suggestions(interaction)


async def setup(bot: DiscordBridge) -> None:
    """Called by discord.py when the extension is loaded, after the rest of /review."""
    review = bot.tree.get_command("review")
    assert isinstance(review, app_commands.Group), "cogs.inbox.review is loaded before"
    made: app_commands.Command[Any, ..., Any] = app_commands.Command(
        name="posts",
        callback=posts,
        description="Review posts that members suggest: publish, edit, return or refuse.",
    )
    review.add_command(made)
