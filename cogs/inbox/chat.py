"""/fan read, mute, nickname: the creator's side of a chat on Fanvue."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.inbox.chat_views import mark_read, mute, nickname

_NICKNAME = 40  # as in bot.features.inbox.chat_settings.texts


class ChatCog(commands.GroupCog, group_name="fan"):
    """The fan sees none of it."""

    @app_commands.command(name="read", description="Mark the chat with this fan as read on Fanvue.")
    @example("/fan read")
    @asks(Action.CHAT_READ, here)
    async def read(self, interaction: discord.Interaction[Any]) -> None:
        """Reading in Discord never does it by itself."""
        await mark_read(interaction)

    @app_commands.command(name="mute", description="Turn Fanvue's notifications for this chat on or off.")
    @app_commands.describe(state="on: no notifications on Fanvue. off: notifications as usual.")
    @example("/fan mute state:on")
    @asks(Action.CHAT_MUTE, here)
    async def mute(self, interaction: discord.Interaction[Any], state: Literal["on", "off"]) -> None:
        """Whether the creator is notified; the thread goes on as before."""
        await mute(interaction, on=state == "on")

    @app_commands.command(
        name="nickname", description="Give this fan a nickname on Fanvue, for the creator's side."
    )
    @app_commands.describe(name="One line. Leave empty to remove the nickname.")
    @example("/fan nickname name:{name}", name=msgid("Emma from Leeds"))
    @asks(Action.CHAT_NICKNAME, here)
    async def nickname(
        self,
        interaction: discord.Interaction[Any],
        name: app_commands.Range[str, 1, _NICKNAME] | None = None,
    ) -> None:
        """It does not show here."""
        await nickname(interaction, name)
