"""/pause member, creator, all, off, show: stop what is sent in a creator's name."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen, each
from bot.discord.command_examples import example
from cogs.people.pause_views import pause_creator, pause_everything, pause_member, pause_off, show_today


class PauseCog(commands.GroupCog, group_name="pause"):
    """It takes effect at once, and holds until /pause off."""

    @app_commands.command(name="member", description="Hold everything one member sends for a creator.")
    @app_commands.describe(member="Whose messages to hold.")
    @example("/pause member member:@Anna")
    @asks(Action.PAUSE, chosen)
    async def member(
        self,
        interaction: discord.Interaction[Any],
        member: discord.Member | discord.User,
        creator: str | None = None,
    ) -> None:
        """They read why when they try; nobody else is told."""
        await pause_member(interaction, member)

    @app_commands.command(name="creator", description="Hold everything sent in a creator's name.")
    @example("/pause creator")
    @asks(Action.PAUSE, chosen)
    async def creator(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """The team reads it in the alerts channel."""
        await pause_creator(interaction)

    @app_commands.command(name="all", description="Hold everything of all creators you have connected.")
    @example("/pause all")
    @asks(Action.PAUSE, each)
    async def everything(self, interaction: discord.Interaction[Any]) -> None:
        """One word stops it all, on every server."""
        await pause_everything(interaction)

    @app_commands.command(name="off", description="End a pause. You choose what happens to held messages.")
    @example("/pause off")
    @asks(Action.PAUSE, each)
    async def off(self, interaction: discord.Interaction[Any]) -> None:
        """Until the question is answered, everything stays held."""
        await pause_off(interaction)

    @app_commands.command(
        name="show", description=("Show today's messages in a creator's name, only to you.")
    )
    @example("/pause show")
    @asks(Action.PAUSE, chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Time, sender, recipient, progress; the texts behind a button."""
        await show_today(interaction)
