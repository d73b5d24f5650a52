"""/money credit sales, statement, reassign: sales, their sellers, and the reasons."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen
from bot.discord.command_examples import example
from bot.discord.optional_creator import each_or_chosen
from bot.model.language import msgid
from bot.relay.reassignment import LONGEST, ReassignmentWish
from cogs.money.credit_views import reassign, show_sales, show_statement
from cogs.money.earnings_views import periods_for
from storage.records import DiscordId

_PERIOD = "Days, for example last week, 1–15 Nov or 2025. Leave empty for the last 7 days."
_FILE = "Also as a CSV file, for you alone."


class CreditCog(commands.GroupCog, group_name="money"):
    """By two rules side by side: who sent what was bought, and who answered last."""

    credit = app_commands.Group(name="credit", description="Who gets credit for each sale.")

    @credit.command(name="sales", description="Show sales one by one, each with who gets credit and why.")
    @app_commands.describe(
        period=_PERIOD,
        page="Which page; the first has the newest.",
        as_file=_FILE,
    )
    @example("/money credit sales period:{period}", period=msgid("yesterday"))
    @asks(Action.CREDIT_SALES, chosen)
    async def sales(
        self,
        interaction: discord.Interaction[Any],
        period: str = "7",
        page: app_commands.Range[int, 1, 100_000] = 1,
        as_file: bool = False,  # noqa: FBT001, FBT002 - how discord.py asks for a yes or no
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        await show_sales(interaction, period, page, as_file=as_file)

    @credit.command(name="statement", description="Show sales by both credit rules, only to you.")
    @app_commands.describe(
        member="Whose. Leave empty for the whole team (leads), else your own.",
        period=_PERIOD,
        as_file=_FILE,
        creator="Only this creator. Leave empty for all you work for here.",
    )
    @example("/money credit statement member:@Anna period:{period} as_file:True", period=msgid("this month"))
    @asks(Action.CREDIT_STATEMENT, each_or_chosen)
    async def statement(
        self,
        interaction: discord.Interaction[Any],
        member: discord.Member | discord.User | None = None,
        period: str = "7",
        as_file: bool = False,  # noqa: FBT001, FBT002 - how discord.py asks for a yes or no
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        whose = DiscordId(member.id) if member is not None else None
        await show_statement(interaction, whose, period, as_file=as_file)

    @credit.command(name="reassign", description="Move a sale to someone else. You confirm first.")
    @app_commands.describe(
        sale="Its short name, as /money credit sales shows it.",
        reason="Why. It appears beside the sale, with your name.",
        member="Who gets it. Leave empty for nobody.",
        back="Let both rules decide about it again.",
    )
    @example(
        "/money credit reassign sale:3f09ab41c2 member:@Anna reason:{reason}",
        reason=msgid("she wrote it, Tom pressed Send"),
    )
    @asks(Action.CREDIT_REASSIGN, chosen)
    async def reassign(
        self,
        interaction: discord.Interaction[Any],
        sale: app_commands.Range[str, 1, 40],
        reason: app_commands.Range[str, 1, LONGEST],
        member: discord.Member | discord.User | None = None,
        back: bool = False,  # noqa: FBT001, FBT002 - how discord.py asks for a yes or no
        creator: str | None = None,
    ) -> None:
        """It holds once Yes is pressed, for both rules."""
        whose = DiscordId(member.id) if member is not None else None
        await reassign(interaction, ReassignmentWish(sale, whose, back, reason))

    sales.autocomplete("period")(periods_for(Action.CREDIT_SALES))
    statement.autocomplete("period")(periods_for(Action.CREDIT_STATEMENT))
