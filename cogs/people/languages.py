"""/account language and /settings language: who reads what in which language."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import private
from bot.discord.asking import asks, each, here_or_chosen, permit_of, permits_of
from bot.discord.bridge import service
from bot.discord.command_examples import example
from bot.features.people.languages.service import LanguageService
from bot.features.people.languages.texts import AUTOMATIC
from bot.model.language import LANGUAGES

_CHOICES = [app_commands.Choice(name=name, value=key) for key, name in LANGUAGES.items()]
_MINE = [app_commands.Choice(name="As my Discord", value=AUTOMATIC), *_CHOICES]


class OwnLanguageCog(commands.GroupCog, group_name="account"):
    """One's own."""

    @app_commands.command(name="language", description="Choose the language we answer you in.")
    @app_commands.describe(language="Which language. Leave empty to see the current setting.")
    @app_commands.choices(language=_MINE)
    @example("/account language language:Deutsch")
    @asks(Action.LANGUAGE, each)
    async def language(self, interaction: discord.Interaction[Any], language: str | None = None) -> None:
        """For this member alone, wherever they are in a team."""
        chosen = service(interaction, LanguageService)
        locale = interaction.locale.value
        await private(interaction, lambda: chosen.choose_mine(permits_of(interaction), locale, language))


class ChannelLanguageCog(commands.GroupCog, group_name="settings"):
    """What everybody reads."""

    @app_commands.command(name="language", description="Choose the language of a creator's channels.")
    @app_commands.describe(
        language="Which language. Leave empty to see the current setting.",
    )
    @app_commands.choices(language=_CHOICES)
    @example("/settings language language:Deutsch")
    @asks(Action.CHANNEL_LANGUAGE, here_or_chosen)
    async def language(
        self,
        interaction: discord.Interaction[Any],
        language: str | None = None,
        creator: str | None = None,
    ) -> None:
        """New lines are written in it."""
        chosen = service(interaction, LanguageService)
        await private(interaction, lambda: chosen.choose_channels(permit_of(interaction), language))
