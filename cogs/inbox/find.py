"""/fan find: look for fans by name, tag, note or what was written."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import private
from bot.discord.asking import asks, each, permits_of
from bot.discord.bridge import service
from bot.discord.command_examples import example
from bot.features.inbox.notes.search_service import FanSearchService
from bot.model.language import msgid
from storage.records import DiscordId


class FindCog(commands.GroupCog, group_name="fan"):
    """Over all creators for whom somebody may read here."""

    @app_commands.command(name="find", description="Find fans by name, tag, note or message text.")
    @app_commands.describe(text="At least three letters. Case and accents don't matter.")
    @example("/fan find text:{text}", text=msgid("dog"))
    @asks(Action.FIND, each)
    async def find(
        self, interaction: discord.Interaction[Any], text: app_commands.Range[str, 3, 100]
    ) -> None:
        """Shown to the asking person alone."""
        creators = [permit.creator for permit in permits_of(interaction) if permit.creator is not None]
        finding = service(interaction, FanSearchService)
        guild = DiscordId(interaction.guild_id or 0)
        await private(interaction, lambda: finding.find(creators, guild, text))
