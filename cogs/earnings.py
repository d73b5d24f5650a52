"""/earnings: what came in, in words and as a picture."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.figures.days import PERIODS
from bot.guild.bridge import Bridge
from bot.guild.choosing import own_choices
from bot.guild.figures import earnings, show_figures


class Earnings(commands.Cog):
    """Money that came in."""

    @app_commands.command(
        name="earnings", description="Show privately what came in, gross, net and by source."
    )
    @app_commands.describe(
        period="Whole days of your time zone. Without it: today.",
        creator="Which of your connected accounts.",
    )
    @app_commands.choices(
        period=[app_commands.Choice(name=words, value=name) for name, words in PERIODS.items()]
    )
    async def earnings(
        self, interaction: discord.Interaction[Any], period: str = "today", creator: str | None = None
    ) -> None:
        """Shown to the asking person alone, of their own accounts only."""
        await show_figures(interaction, creator, lambda link: earnings(interaction, link, period))

    earnings.autocomplete("creator")(own_choices)


async def setup(bot: Bridge) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Earnings())
