"""/money check, rebuild: compare the figures with Fanvue; read them again."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen, permit_of
from bot.discord.bridge import service
from bot.discord.command_examples import example
from bot.features.money.ledger.check_service import LedgerCheckService
from cogs.money.figure_views import show_figures


class LedgerCog(commands.GroupCog, group_name="money"):
    """The lines that all figures are made of."""

    @app_commands.command(name="check", description="Compare the last 31 days with Fanvue, to the cent.")
    @example("/money check")
    @asks(Action.LEDGER_CHECK, chosen)
    async def check(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Every difference is listed; it is done by itself every night."""
        ledger, permit = service(interaction, LedgerCheckService), permit_of(interaction)
        await show_figures(interaction, lambda link: ledger.check(link, permit))

    @app_commands.command(name="rebuild", description="Read three years of earnings from Fanvue again.")
    @example("/money rebuild")
    @asks(Action.LEDGER_REBUILD, chosen)
    async def rebuild(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """In the background; figures stay as they are meanwhile."""
        ledger, permit = service(interaction, LedgerCheckService), permit_of(interaction)
        await show_figures(interaction, lambda link: ledger.rebuild(link, permit))
