"""/inbox assistant: an owner lets a machine translate and draft."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import Said, private
from bot.discord.asking import asks, here_or_chosen, permit_of
from bot.discord.bridge import service
from bot.discord.command_examples import example
from bot.features.inbox.assistant.model import AssistantUse
from bot.features.inbox.assistant.setting import AssistantSetting

_ON, _OFF = "on", "off"
_STATES: Final = [app_commands.Choice(name=one, value=one) for one in (_ON, _OFF)]


class AssistantCog(commands.GroupCog, group_name="inbox"):
    """For whoever connected the creator."""

    @app_commands.command(
        name="assistant", description="Let a machine translate what fans write, and draft replies."
    )
    @app_commands.describe(
        translate="Translations on a press.",
        draft="Drafts of replies on a press; a person sends them.",
    )
    @app_commands.choices(translate=_STATES, draft=_STATES)
    @example("/inbox assistant translate:on")
    @asks(Action.ASSISTANT, here_or_chosen)
    async def assistant(
        self,
        interaction: discord.Interaction[Any],
        translate: str | None = None,
        draft: str | None = None,
        creator: str | None = None,
    ) -> None:
        """What is new is asked about with the place where texts would go."""

        async def deed() -> Said:
            typed = {AssistantUse.TRANSLATE: translate, AssistantUse.DRAFT: draft}
            wanted = {use: state == _ON for use, state in typed.items() if state is not None}
            return await service(interaction, AssistantSetting).change(permit_of(interaction), wanted)

        await private(interaction, deed)
