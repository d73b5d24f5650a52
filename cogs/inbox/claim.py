"""/fan claim, release, handover: who answers the fan of this thread."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here
from bot.discord.command_examples import example
from cogs.inbox.claim_views import claim, hand_over, release


class ClaimCog(commands.GroupCog, group_name="fan"):
    """A claim lasts a few minutes; every answer makes it longer."""

    @app_commands.command(name="claim", description="Claim this thread's fan for a few minutes.")
    @example("/fan claim")
    @asks(Action.CLAIM, here)
    async def claim(self, interaction: discord.Interaction[Any]) -> None:
        """Pressing Reply does the same."""
        await claim(interaction)

    @app_commands.command(name="release", description="Release this thread's fan so others can answer.")
    @example("/fan release")
    @asks(Action.RELEASE, here)
    async def release(self, interaction: discord.Interaction[Any]) -> None:
        """It ends by itself, too, when nothing more is written."""
        await release(interaction)

    @app_commands.command(name="handover", description="Hand this thread's fan to a colleague.")
    @app_commands.describe(member="Who takes over. They must be on the creator's team.")
    @example("/fan handover member:@Anna")
    @asks(Action.HAND_OVER, here)
    async def handover(
        self, interaction: discord.Interaction[Any], member: discord.Member | discord.User
    ) -> None:
        """The thread says so; nobody is pinged."""
        await hand_over(interaction, member)
