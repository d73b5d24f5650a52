"""/team remove: take somebody out of a creator's team, in one step."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks
from bot.discord.command_examples import example
from cogs.people.offboarding_views import ask_removal, one_or_each


class TeamRemoveCog(commands.GroupCog, group_name="team"):
    """It ends all that a member was about to do."""

    @app_commands.command(
        name="remove",
        description="Remove someone from the team: rights, drafts, waiting messages, channels.",
    )
    @app_commands.describe(
        member="Who to remove.", creator="From which team. Leave empty for every team you manage here."
    )
    @example("/team remove member:@Anna")
    @asks(Action.TEAM_REMOVE, one_or_each)
    async def remove(
        self,
        interaction: discord.Interaction[Any],
        member: discord.Member | discord.User,
        creator: str | None = None,
    ) -> None:
        """Asks once more before anything ends."""
        await ask_removal(interaction, member, named=creator is not None)
