"""/post follow: each published post gets a thread."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen
from bot.discord.command_examples import example
from cogs.publishing.post_thread_views import follow_posts


class PostThreadsCog(commands.GroupCog, group_name="post"):
    """Off until somebody asks for it."""

    @app_commands.command(
        name="follow", description="Give each published post a thread with its likes and comments."
    )
    @app_commands.describe(
        posts="on: from now on. off: stop; existing threads stay.",
    )
    @example("/post follow posts:on")
    @asks(Action.POST_FOLLOW, chosen)
    async def follow(
        self,
        interaction: discord.Interaction[Any],
        posts: Literal["on", "off"],
        creator: str | None = None,
    ) -> None:
        """Off until somebody asks for it."""
        await follow_posts(interaction, on=posts == "on")
