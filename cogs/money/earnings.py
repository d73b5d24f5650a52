"""/money earnings: income, compared, its best times; of one creator or all."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks
from bot.discord.command_examples import example
from bot.features.money.periods.range_rules import TODAY
from bot.model.language import msgid
from cogs.money.earnings_views import SHOWS, SUMS, creators_or_all, one_or_all, periods_for, show_income


class EarningsCog(commands.GroupCog, group_name="money"):
    @app_commands.command(name="earnings", description="Show earnings only to you: gross, net and by source.")
    @app_commands.describe(
        period="Days, for example last week, 1–15 Nov or 2025. Leave empty for today.",
        show="What to show. Leave empty for earnings.",
        creator="Which creator, if there are several, or all of them.",
    )
    @app_commands.choices(
        show=[app_commands.Choice(name=words, value=value) for value, words in SHOWS.items()]
    )
    @example("/money earnings period:{period}", period=msgid("1–15 Nov"))
    @asks(Action.EARNINGS, one_or_all)
    async def earnings(
        self,
        interaction: discord.Interaction[Any],
        period: str = TODAY,
        show: str = SUMS,
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        await show_income(interaction, period, show, creator)

    earnings.autocomplete("period")(periods_for(Action.EARNINGS))
    earnings.autocomplete("creator")(creators_or_all)
