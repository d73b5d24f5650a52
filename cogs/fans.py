"""/fans top, /subscribers: who spends most, and how many subscribe."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.figures.days import PERIODS
from bot.guild.answers import Said, Shown
from bot.guild.bridge import Asked, Bridge
from bot.guild.choosing import own_choices
from bot.guild.figures import show_figures
from storage.records import Link


class Fans(commands.Cog):
    """The audience of a creator."""

    fans = app_commands.Group(name="fans", description="Who follows, subscribes and spends.")

    @fans.command(name="top", description="Show privately which fans spent most.")
    @app_commands.describe(
        period="Whole days of your time zone. Without it: the last 30 days.",
        creator="Which of your connected accounts.",
    )
    @app_commands.choices(
        period=[app_commands.Choice(name=words, value=name) for name, words in PERIODS.items()]
    )
    async def top(
        self, interaction: discord.Interaction[Any], period: str = "30", creator: str | None = None
    ) -> None:
        """Shown to the asking person alone, of their own accounts only."""
        await show_figures(interaction, creator, lambda link: _top(interaction, link, period))

    @app_commands.command(
        name="subscribers", description="Show privately how many fans subscribe, and the change."
    )
    @app_commands.describe(creator="Which of your connected accounts.")
    async def subscribers(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Shown to the asking person alone, of their own accounts only."""
        await show_figures(interaction, creator, lambda link: _subscribers(interaction, link))

    top.autocomplete("creator")(own_choices)
    subscribers.autocomplete("creator")(own_choices)


async def _top(asked: Asked, link: Link, period: str) -> Said:
    return Shown(await asked.client.uses.figures.top(link, period))


async def _subscribers(asked: Asked, link: Link) -> Said:
    return Shown(await asked.client.uses.figures.subscribers(link))


async def setup(bot: Bridge) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Fans())
