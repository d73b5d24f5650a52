"""/money goal set, show, off: how much is to come in, and how it goes."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen
from bot.discord.command_examples import example
from cogs.money.goal_views import end_goal, set_goal, show_goals

_SPAN = "For each week, from Monday on, or each month, of the creator's time zone."
_Span = Literal["week", "month"]


class GoalCog(commands.GroupCog, group_name="money"):
    goal = app_commands.Group(name="goal", description="Earnings goals.")

    @goal.command(name="set", description="Set a weekly or monthly earnings goal.")
    @app_commands.describe(
        amount="In dollars, for example 5000.",
        span=_SPAN,
        counts="net: after Fanvue's fee. gross: before it. Leave empty for net.",
    )
    @example("/money goal set amount:5000 span:month")
    @asks(Action.GOAL_SET, chosen)
    async def put(
        self,
        interaction: discord.Interaction[Any],
        amount: app_commands.Range[str, 1, 20],
        span: _Span,
        counts: Literal["net", "gross"] = "net",
        creator: str | None = None,
    ) -> None:
        """In the place of the one that there was for this span."""
        await set_goal(interaction, span, amount, net=counts == "net")

    @goal.command(name="show", description="Show progress and pace of the goals, only to you.")
    @example("/money goal show")
    @asks(Action.GOAL_SHOW, chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """As exactly as the asking person sees figures."""
        await show_goals(interaction)

    @goal.command(name="off", description="End the weekly or monthly goal.")
    @app_commands.describe(span=_SPAN)
    @example("/money goal off span:month")
    @asks(Action.GOAL_SET, chosen)
    async def off(
        self, interaction: discord.Interaction[Any], span: _Span, creator: str | None = None
    ) -> None:
        await end_goal(interaction, span)
