"""/guard: the checks before something leaves, and how strict they are."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here_or_chosen
from bot.discord.autocomplete import creators_for
from bot.discord.bridge import DiscordBridge
from bot.discord.command_examples import example
from cogs.inbox.guard_views import set_guard, show_guard, try_guard

_CREATOR = "Which creator, if there are several."
_PACKS = {
    "Payment outside Fanvue": "payment",
    "Contacts outside Fanvue": "contacts",
    "Meeting in person": "meeting",
    "Minors": "age",
    "Who is writing": "presence",
}
_LEVELS = {
    "off: nothing happens": "off",
    "warn: the author is asked": "warn",
    "hold: another lead decides": "hold",
    "block: it does not leave": "block",
}


class GuardCog(
    commands.GroupCog, group_name="guard", group_description="What is looked for before something leaves."
):
    """Set by leads, heard before every reply, mass message and post."""

    @app_commands.command(name="show", description="Show what is looked for, and what follows.")
    @app_commands.describe(creator=_CREATOR)
    @example("/guard show")
    @asks(Action.GUARD_SHOW, here_or_chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Shown to the asking person alone."""
        await show_guard(interaction)

    @app_commands.command(name="set", description="Set how strictly the guard acts on one thing.")
    @app_commands.describe(pack="On what.", level="What follows.", creator=_CREATOR)
    @app_commands.choices(
        pack=[app_commands.Choice(name=name, value=value) for name, value in _PACKS.items()],
        level=[app_commands.Choice(name=name, value=value) for name, value in _LEVELS.items()],
    )
    @example("/guard set pack:Meeting in person level:hold")
    @asks(Action.GUARD_SET, here_or_chosen)
    async def choose(
        self, interaction: discord.Interaction[Any], pack: str, level: str, creator: str | None = None
    ) -> None:
        """It holds at once; the audit says who."""
        await set_guard(interaction, pack, level)

    @app_commands.command(name="test", description="Try a text: what would the guard do? Nothing is sent.")
    @app_commands.describe(text="It is kept nowhere.", creator=_CREATOR)
    @example("/guard test text:Add me on WhatsApp")
    @asks(Action.GUARD_TEST, here_or_chosen)
    async def test(
        self,
        interaction: discord.Interaction[Any],
        text: app_commands.Range[str, 1, 5000],
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        await try_guard(interaction, text)

    show.autocomplete("creator")(creators_for(Action.GUARD_SHOW))
    choose.autocomplete("creator")(creators_for(Action.GUARD_SET))
    test.autocomplete("creator")(creators_for(Action.GUARD_TEST))


async def setup(bot: DiscordBridge) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(GuardCog())
