"""/fans top, /subscribers: who spends most, and how many subscribe."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.figures.ranges import MONTHLY
from bot.guild.answers import Said, Shown
from bot.guild.asking import asks, chosen, permit_of
from bot.guild.bridge import Asked, Bridge
from bot.guild.choosing import creators_for
from bot.guild.examples import example
from bot.guild.figures import show_figures
from bot.guild.income import periods_for, show_top
from storage.records import Link


class Fans(commands.Cog):
    """The audience of a creator."""

    fans = app_commands.Group(name="fans", description="Who follows, subscribes and spends.")

    @fans.command(name="top", description="Show privately which fans spent most.")
    @app_commands.describe(
        period="Days, for example last week, 1–15 Nov or 2025. Without it: the last 30 days.",
        creator="Which creator, if there are several.",
    )
    @example("/fans top period:last week")
    @asks(Action.TOP_FANS, chosen)
    async def top(
        self, interaction: discord.Interaction[Any], period: str = MONTHLY, creator: str | None = None
    ) -> None:
        """Shown to the asking person alone."""
        await show_top(interaction, period)

    @app_commands.command(
        name="subscribers",
        description="Show privately how many fans subscribe, and the change.",
    )
    @app_commands.describe(
        period="Days, for example last week, 1–15 Nov or 2025. Without it: the last 30 days.",
        creator="Which creator, if there are several.",
    )
    @example("/subscribers period:last week")
    @asks(Action.SUBSCRIBERS, chosen)
    async def subscribers(
        self, interaction: discord.Interaction[Any], period: str = MONTHLY, creator: str | None = None
    ) -> None:
        """Shown to the asking person alone."""
        await show_figures(interaction, lambda link: _subscribers(interaction, link, period))

    top.autocomplete("period")(periods_for(Action.TOP_FANS))
    top.autocomplete("creator")(creators_for(Action.TOP_FANS))
    subscribers.autocomplete("period")(periods_for(Action.SUBSCRIBERS))
    subscribers.autocomplete("creator")(creators_for(Action.SUBSCRIBERS))


async def _subscribers(asked: Asked, link: Link, period: str) -> Said:
    uses = asked.client.uses.subscribers
    post, picture = await uses.subscribers(link, period, permit_of(asked).money)
    return Shown(post, pictures=() if picture is None else (picture,))


async def setup(bot: Bridge) -> None:
    """Called by the bot before it connects."""
    await bot.add_cog(Fans())
