"""Buttons, lists and windows: each custom_id leads to its handler."""

from typing import Any

import discord

from bot.discord.bridge import DiscordBridge
from cogs.routing.buttons import BridgeButton, submitted
from cogs.routing.selects import BridgeSelect


async def take_window(interaction: discord.Interaction[Any]) -> None:
    """Windows are taken here and not by discord.py, which forgets them at a restart."""
    if interaction.type is discord.InteractionType.modal_submit:
        await submitted(interaction)


async def setup(bot: DiscordBridge) -> None:
    """Called by the bot before it connects."""
    bot.add_dynamic_items(BridgeButton, BridgeSelect)
    bot.add_listener(take_window, "on_interaction")
