"""/media browse: look through one's own vault, with covered previews."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here_or_chosen
from bot.discord.command_examples import example
from bot.features.publishing.media.texts import KINDS
from bot.model.language import msgid
from cogs.publishing.media_views import offer_folders, show_media


class MediaCog(commands.GroupCog, group_name="media"):
    @app_commands.command(name="browse", description="Open your vault, with covered previews only you see.")
    @app_commands.describe(
        kind="Only one kind.",
        folder="Only one folder of the vault, by its name.",
        search="Only items with these words in their name or caption.",
    )
    @app_commands.choices(kind=[app_commands.Choice(name=words, value=name) for name, words in KINDS.items()])
    @example("/media browse search:{search}", search=msgid("beach"))
    @asks(Action.MEDIA, here_or_chosen)
    async def media(
        self,
        interaction: discord.Interaction[Any],
        kind: str | None = None,
        folder: app_commands.Range[str, 1, 255] | None = None,
        search: app_commands.Range[str, 1, 100] | None = None,
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        await show_media(interaction, kind=kind, folder=folder, search=search)

    media.autocomplete("folder")(offer_folders)
