"""/money price: limits of a reply's price, by role."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.discord.asking import asks, here_or_chosen
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.inbox.price_views import limit_prices, show_prices

_DOLLARS = msgid("In dollars, for example 5 or 12.50; “none” removes it.")
_ROLES = (TeamRole.CHATTER, TeamRole.MANAGER, TeamRole.TRAINEE, TeamRole.VIEWER)


class PriceCog(commands.GroupCog, group_name="money"):
    """Set by leads, heard before every reply with a price."""

    price = app_commands.Group(name="price", description="What a reply may cost, by role.")

    @price.command(name="show", description="Show who may ask which prices.")
    @example("/money price show")
    @asks(Action.PRICE_SHOW, here_or_chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Shown to the asking person alone."""
        await show_prices(interaction)

    @price.command(name="limits", description="Set which prices a role may ask. You confirm first.")
    @app_commands.describe(
        role="Which role. Without its own limits, it has those of the next higher role.",
        floor=f"No lower price. {_DOLLARS}",
        ceiling=f"No higher price. {_DOLLARS}",
        usual_from=f"Usual price, from; only a hint. {_DOLLARS}",
        usual_to=f"Usual price, to; only a hint. {_DOLLARS}",
    )
    @app_commands.choices(role=[app_commands.Choice(name=one.value, value=one.value) for one in _ROLES])
    @example("/money price limits role:chatter floor:5 ceiling:50")
    @asks(Action.PRICE_LIMITS, here_or_chosen)
    async def limits(
        self,
        interaction: discord.Interaction[Any],
        role: str,
        floor: str | None = None,
        ceiling: str | None = None,
        usual_from: str | None = None,
        usual_to: str | None = None,
        creator: str | None = None,
    ) -> None:
        """Without a number it says what holds."""
        typed = {"floor": floor, "ceiling": ceiling, "usual_from": usual_from, "usual_to": usual_to}
        await limit_prices(interaction, TeamRole(role), typed)
