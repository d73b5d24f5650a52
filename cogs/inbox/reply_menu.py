"""/reply from the menu of a message: “Reply to this”."""

from typing import Any

import discord
from discord import app_commands

from bot.access.policy import Action
from bot.discord.asking import asks, here
from bot.discord.bridge import DiscordBridge
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.inbox.reply_menu_views import reply_to

NAME = msgid("Reply to this")


@example(
    msgid("Press and hold a line of the fan's → Apps → {menu}"),
    does=msgid("Open the reply window for an older line."),
)
@asks(Action.REPLY, here)
async def reply_to_this(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Nothing is decided here: the window goes to the use case when it is sent."""
    await reply_to(interaction, message)


async def setup(bot: DiscordBridge) -> None:
    """Called by the bot before it connects."""
    bot.tree.add_command(app_commands.ContextMenu(name=NAME, callback=reply_to_this), override=True)
