"""/find: look for fans by name, tag, note or what was written."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.guild.answers import Said, Shown, private
from bot.guild.asking import asks, each, permits_of
from bot.guild.bridge import Bridge
from bot.guild.examples import example
from storage.records import DiscordId


class Find(commands.Cog):
    """Over all creators for whom somebody may read here."""

    @app_commands.command(name="find", description="Find fans by name, tag, note or what was written.")
    @app_commands.describe(text="At least three letters. Case and accents do not count.")
    @example("/find text:dog")
    @asks(Action.FIND, each)
    async def find(
        self, interaction: discord.Interaction[Any], text: app_commands.Range[str, 3, 100]
    ) -> None:
        """Shown to the asking person alone."""
        creators = [permit.creator for permit in permits_of(interaction) if permit.creator is not None]
        finding = interaction.client.uses.finding
        guild = DiscordId(interaction.guild_id or 0)

        async def deed() -> Said:
            return Shown(await finding.find(creators, guild, text))

        await private(interaction, deed)


async def setup(bot: Bridge) -> None:
    """Called by the bot before it connects."""
    await bot.add_cog(Find())
