"""/posts follow: each published post gets a thread."""

from typing import Any, Literal

import discord
from discord import app_commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen
from bot.discord.autocomplete import creators_for
from bot.discord.bridge import DiscordBridge
from bot.discord.command_examples import example
from cogs.publishing.post_thread_views import follow_posts


@app_commands.describe(
    posts="on: from now on. off: stop; existing threads stay.",
    creator="Which creator, if there are several.",
)
@example("/posts follow posts:on")
@asks(Action.POST_FOLLOW, chosen)
async def follow(
    interaction: discord.Interaction[Any],
    posts: Literal["on", "off"],
    creator: str | None = None,  # noqa: ARG001 - whoever asks at the door takes it
) -> None:
    """Off until somebody asks for it."""
    await follow_posts(interaction, on=posts == "on")


async def setup(bot: DiscordBridge) -> None:
    """Called by the bot before it connects, after the rest of /posts."""
    made: app_commands.Command[Any, ..., Any] = app_commands.Command(
        name="follow",
        description="Give each published post a thread with its likes and comments.",
        callback=follow,
    )
    made.autocomplete("creator")(creators_for(Action.POST_FOLLOW))
    posts = bot.tree.get_command("posts")
    assert isinstance(posts, app_commands.Group), "cogs.publishing.posts is loaded before"
    posts.add_command(made)
