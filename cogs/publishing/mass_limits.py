"""/mass limits: above how many recipients a mass message takes more than a press."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here_or_chosen
from bot.discord.command_examples import example
from cogs.publishing.mass_limit_views import limit_masses


class MassLimitsCog(commands.GroupCog, group_name="mass"):
    @app_commands.command(
        name="limits", description="Set the safety steps before a mass message to many is sent."
    )
    @app_commands.describe(
        typed_above="Above how many recipients you type their number; 500 unless you choose, “off”: never.",
        hold="Seconds a confirmed one waits; 60 unless you choose, 900 at most, “off”: none.",
        hold_above="Above how many recipients it waits; 500 unless you choose.",
        second_above="Above how many a second person confirms it; 5,000 unless you choose, “off”: never.",
        quiet="For example 23:00-08:00 in the creator's zone: we ask again in these hours. “off”: none.",
        cap="Most mass messages a fan gets, for example “2 in 7 days”. “off”: no limit.",
        live="How many hours after its last message a conversation is live; 2 unless you choose.",
    )
    @example("/mass limits typed_above:500 hold:60")
    @asks(Action.MASS_LIMITS, here_or_chosen)
    async def mass_limits(  # noqa: PLR0913, PLR0917 - one parameter for each option
        self,
        interaction: discord.Interaction[Any],
        typed_above: app_commands.Range[str, 1, 20] | None = None,
        hold: app_commands.Range[str, 1, 20] | None = None,
        hold_above: app_commands.Range[str, 1, 20] | None = None,
        second_above: app_commands.Range[str, 1, 20] | None = None,
        quiet: app_commands.Range[str, 1, 20] | None = None,
        cap: app_commands.Range[str, 1, 20] | None = None,
        live: app_commands.Range[str, 1, 20] | None = None,
        creator: str | None = None,
    ) -> None:
        """Nothing typed says what holds."""
        typed = {"typed_above": typed_above, "hold": hold, "hold_above": hold_above}
        typed = {**typed, "second_above": second_above}
        await limit_masses(interaction, typed, quiet, {"cap": cap, "live": live})
