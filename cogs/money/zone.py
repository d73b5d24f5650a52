"""/settings zone: the time zone in which a creator's days begin and end."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen
from bot.discord.command_examples import example
from cogs.money.digest_views import offer_zones, setting_of
from cogs.money.figure_views import show_figures

_ZONE = "Your time zone, for example Europe/Berlin. Days begin and end with it."


class TimeZoneCog(commands.GroupCog, group_name="settings"):
    """All figures go by it."""

    @app_commands.command(name="zone", description="Choose the time zone of your days.")
    @app_commands.describe(zone=_ZONE)
    @example("/settings zone zone:Europe/Berlin")
    @asks(Action.DIGEST, chosen)
    async def zone(
        self, interaction: discord.Interaction[Any], zone: str, creator: str | None = None
    ) -> None:
        """It holds for /money earnings and /money top as well."""
        await show_figures(interaction, lambda link: setting_of(interaction).live_in(link, zone))

    zone.autocomplete("zone")(offer_zones)
