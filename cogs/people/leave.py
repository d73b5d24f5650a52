"""/account leave, /account return: whether a creator is on this server."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import actor_of, asks, nobody
from bot.discord.bridge import Asked, service
from bot.discord.command_examples import example
from bot.features.people.team.leave_service import CreatorLeaveService
from cogs.people.team_views import ask_leave, come_back

_CHOICES = 25  # Discord shows no more


class CreatorLeaveCog(commands.GroupCog, group_name="account"):
    """A creator leaves a server, and comes back."""

    @app_commands.command(
        name="leave", description="Take a creator off this server: nothing new is posted here."
    )
    @example("/account leave")
    @asks(Action.TEAM_LEAVE, nobody)
    async def leave(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """By the creator's owner, or by somebody who manages the server."""
        await ask_leave(interaction, creator)

    @app_commands.command(name="return", description="Bring a creator back that you took off this server.")
    @example("/account return")
    @asks(Action.TEAM_RETURN, nobody)
    async def come_back(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """By the side that took its word back."""
        await come_back(interaction, creator)

    @leave.autocomplete("creator")
    @asks(Action.TEAM_LEAVE, nobody, offers=True)
    async def offer_leave(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await _places(interaction, typed, back=False)

    @come_back.autocomplete("creator")
    @asks(Action.TEAM_RETURN, nobody, offers=True)
    async def offer_back(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await _places(interaction, typed, back=True)


async def _places(asked: Asked, typed: str, *, back: bool) -> list[app_commands.Choice[str]]:
    return _choices(await service(asked, CreatorLeaveService).offered(actor_of(asked), typed, back=back))


def _choices(found: Sequence[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=words[:100], value=value) for words, value in found][:_CHOICES]
