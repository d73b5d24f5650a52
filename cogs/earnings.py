"""/earnings: what came in, in words and as a picture."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.figures.days import PERIODS
from bot.guild.asking import asks, chosen
from bot.guild.bridge import Bridge
from bot.guild.choosing import creators_for
from bot.guild.examples import example
from bot.guild.figures import earnings, show_figures


class Earnings(commands.Cog):
    """Money that came in."""

    @app_commands.command(
        name="earnings", description="Show privately what came in, gross, net and by source."
    )
    @app_commands.describe(
        period="Whole days of your time zone. Without it: today.",
        creator="Which creator, if there are several.",
    )
    @app_commands.choices(
        period=[app_commands.Choice(name=words, value=name) for name, words in PERIODS.items()]
    )
    @example("/earnings period:yesterday")
    @asks(Action.EARNINGS, chosen)
    async def earnings(
        self, interaction: discord.Interaction[Any], period: str = "today", creator: str | None = None
    ) -> None:
        """Shown to the asking person alone."""
        await show_figures(interaction, lambda link: earnings(interaction, link, period))

    earnings.autocomplete("creator")(creators_for(Action.EARNINGS))


async def setup(bot: Bridge) -> None:
    """Called by the bot before it connects."""
    await bot.add_cog(Earnings())
