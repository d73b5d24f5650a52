"""/setup: makes a creator's channels on this server, or repairs them."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import ONLY_ON_A_SERVER, private, tell
from bot.discord.asking import asks, nobody
from bot.discord.bridge import Asked
from bot.discord.command_examples import example
from bot.discord.discord_permissions import missing
from bot.model.language import tr
from cogs.operations.setup_views import SetupInput, offer_setups, set_up


class SetupCog(commands.Cog):
    """The first command on a new server."""

    @app_commands.command(
        name="setup", description="Create or fix a creator's private forum and alerts channel."
    )
    @app_commands.rename(creator_name="creator-name")
    @app_commands.describe(
        category="Where the channels go. Leave empty to create a private category “Fanvue”.",
        team="The role of the people who answer fans. Only the creator's owner can add it.",
        creator_name="Names new channels, for example Mila.",
    )
    @app_commands.default_permissions(manage_guild=True)
    @example("/setup team:@Chatters creator-name:Mila")
    @asks(Action.SETUP, nobody)
    async def setup_server(
        self,
        interaction: discord.Interaction[Any],
        creator: str | None = None,
        category: discord.CategoryChannel | None = None,
        team: discord.Role | None = None,
        creator_name: app_commands.Range[str, 1, 60] | None = None,
    ) -> None:
        """Discord's own check can be overridden per server, so the policy repeats it."""
        refusal = tr(ONLY_ON_A_SERVER) if interaction.guild is None else None
        if refusal is None and (lacks := missing(_own_permissions(interaction))):
            refusal = _lacking(lacks)
        if refusal is None and team is not None and team.is_default():
            refusal = tr("@everyone is not a team: choose the role of the people who answer fans.")
        if refusal is not None:
            await tell(interaction, refusal)
            return
        typed = SetupInput(category.id if category else None, team.id if team else None, creator_name)
        await private(interaction, lambda: set_up(interaction, typed, creator))

    setup_server.autocomplete("creator")(offer_setups)


def _own_permissions(asked: Asked) -> discord.Permissions:
    # The server's own permissions decide what can be made; this channel's may differ.
    me = asked.guild.me if asked.guild is not None else None
    return me.guild_permissions if me is not None else asked.app_permissions


def _lacking(names: list[str]) -> str:
    return tr(
        "The bot still needs: {names}. Open Server Settings, Roles, choose the bot's role, "
        "turn these on, and run /setup again. No changes made.",
        names=", ".join(names),
    )
