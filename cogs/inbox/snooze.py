"""/fan snooze, close, reopen: the fan of this thread needs no answer now."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.inbox.snooze_views import close, offer_times, reopen, snooze


class SnoozeCog(commands.GroupCog, group_name="fan"):
    """A fan who is put aside comes back by writing."""

    @app_commands.command(name="snooze", description="Snooze this thread's fan until a time.")
    @app_commands.describe(
        until="For example “in 1 hour”, “tonight”, “tomorrow 9:00”. Leave empty to choose from a list."
    )
    @example("/fan snooze until:{until}", until=msgid("tomorrow 9:00"))
    @asks(Action.SNOOZE, here)
    async def snooze(self, interaction: discord.Interaction[Any], until: str | None = None) -> None:
        """They come back earlier if they write."""
        await snooze(interaction, until)

    @app_commands.command(name="close", description="Mark as done – no reply needed.")
    @example("/fan close")
    @asks(Action.CLOSE, here)
    async def close(self, interaction: discord.Interaction[Any]) -> None:
        await close(interaction)

    @app_commands.command(name="reopen", description="Bring a snoozed or closed fan back to the lists.")
    @example("/fan reopen")
    @asks(Action.REOPEN, here)
    async def reopen(self, interaction: discord.Interaction[Any]) -> None:
        """Unanswered messages wait again."""
        await reopen(interaction)

    snooze.autocomplete("until")(offer_times)
