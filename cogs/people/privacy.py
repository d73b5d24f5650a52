"""/settings privacy: how fans' texts are shown and kept, handed over, erased."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen, here_or_chosen
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.people.erasure_views import ask_erase
from cogs.people.privacy_views import (
    ask_export,
    ask_forget,
    choose_mode,
    choose_terms,
    offer_fans,
    offer_forgettable,
    show_settings,
)
from storage.people.privacy_modes import PrivacyMode

_CREATOR = msgid("Which of your connected accounts.")


class PrivacyCog(commands.GroupCog, group_name="settings"):
    """The owner's choices about texts."""

    privacy = app_commands.Group(name="privacy", description="Privacy and data retention.")

    @privacy.command(name="mode", description="Choose how much of what fans write appears on Discord.")
    @app_commands.describe(mode="What new lines in the fans' threads show.", creator=_CREATOR)
    @app_commands.choices(
        mode=[
            app_commands.Choice(
                name="full: the text, in the age-restricted forum", value=PrivacyMode.FULL.value
            ),
            app_commands.Choice(name="covered: the text under a spoiler", value=PrivacyMode.COVERED.value),
            app_commands.Choice(
                name="private: who and when; the text on a click", value=PrivacyMode.PRIVATE.value
            ),
        ]
    )
    @example("/settings privacy mode mode:covered")
    @asks(Action.PRIVACY_SET, chosen)
    async def mode(
        self,
        interaction: discord.Interaction[Any],
        mode: app_commands.Choice[str],
        creator: str | None = None,
    ) -> None:
        """It holds for new lines at once."""
        await choose_mode(interaction, PrivacyMode(mode.value))

    @privacy.command(name="retention", description="Choose how long texts, ids and money are kept.")
    @app_commands.describe(
        texts="Days for what people wrote, in the database and on Discord: 1 to 365.",
        records="Days for ids, except in the audit log: 30 to 3653, at least as many as for texts.",
        money_years="Years for lines about money: 1 to 30. Check what your tax law asks for.",
        creator=_CREATOR,
    )
    @example("/settings privacy retention texts:90")
    @asks(Action.PRIVACY_SET, chosen)
    async def retention(
        self,
        interaction: discord.Interaction[Any],
        texts: app_commands.Range[int, 1, 365] | None = None,
        records: app_commands.Range[int, 30, 3653] | None = None,
        money_years: app_commands.Range[int, 1, 30] | None = None,
        creator: str | None = None,
    ) -> None:
        """Without a number it says what holds."""
        money = None if money_years is None else round(money_years * 365.25)
        await choose_terms(interaction, texts=texts, records=records, money=money)

    @privacy.command(name="forget", description="Forget a fan. You confirm first.")
    @app_commands.describe(
        fan="Who (also someone who only commented on a post). Leave empty for this thread's fan.",
        creator=_CREATOR,
    )
    @example("/settings privacy forget")
    @asks(Action.FORGET, here_or_chosen)
    async def forget(
        self, interaction: discord.Interaction[Any], fan: str | None = None, creator: str | None = None
    ) -> None:
        """Texts, names, ids and threads; kept records name nobody any more."""
        await ask_forget(interaction, fan)

    @privacy.command(name="export", description="Get a file with all stored data. You confirm first.")
    @app_commands.describe(
        creator=_CREATOR,
        fan="Only this fan's data. In a fan's thread it is that fan, unless you choose otherwise.",
    )
    @example("/settings privacy export")
    @asks(Action.EXPORT, here_or_chosen)
    async def export(
        self, interaction: discord.Interaction[Any], creator: str | None = None, fan: str | None = None
    ) -> None:
        """Handed to the asking person alone; where it cannot be, the operator's command is named."""
        await ask_export(interaction, creator=creator, fan=fan)

    @privacy.command(name="erase", description="Erase everything about a creator. You confirm first.")
    @app_commands.describe(creator=_CREATOR)
    @example("/settings privacy erase")
    @asks(Action.ERASE, chosen)
    async def erase(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Begins only when the handle was typed; goes on in the background."""
        await ask_erase(interaction)

    @privacy.command(name="show", description="Show the privacy settings of one of your creators.")
    @app_commands.describe(creator=_CREATOR)
    @example("/settings privacy show")
    @asks(Action.PRIVACY_SHOW, chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Shown to the asking person alone."""
        await show_settings(interaction)

    forget.autocomplete("fan")(offer_forgettable)
    export.autocomplete("fan")(offer_fans)
