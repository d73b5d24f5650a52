"""/template from the menu of a message: “Templates”, for this very line."""

from typing import Any

import discord
from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import tell
from bot.discord.asking import asks, here
from bot.discord.bridge import DiscordBridge
from bot.discord.command_examples import example
from bot.model.language import msgid, tr
from cogs.inbox.reply_menu_views import NOT_A_LINE, line_of
from cogs.inbox.template_picker_views import list_to_pick

NAME = "Templates"


@example(
    msgid("Press and hold a line of the fan's → Apps → {menu}"),
    does=msgid("Choose a template to answer this line with."),
)
@asks(Action.TEMPLATE_USE, here)
async def templates_for_this(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """The list of the button [Templates] on the fan's card; the window then answers this line."""
    ref = line_of(interaction, message)
    if ref is None:
        await tell(interaction, tr(NOT_A_LINE))
    else:
        await list_to_pick(interaction, ref)


async def setup(bot: DiscordBridge) -> None:
    """Called by the bot before it connects."""
    bot.tree.add_command(app_commands.ContextMenu(name=NAME, callback=templates_for_this), override=True)
