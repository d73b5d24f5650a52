"""/mass show: mass messages as Fanvue has them, changed, cancelled or taken back."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen
from bot.discord.command_examples import example
from bot.features.publishing.campaigns.comparison_texts import BOTH, FEWEST, FIGURES, MOST, USUAL
from bot.model.language import msgid
from cogs.publishing.campaign_views import (
    campaigns_to,
    change_campaign,
    compare_campaigns,
    end_campaign,
    show_campaigns,
)
from cogs.publishing.media_views import offer_items

_WHICH = "Which mass message; choose one from the list."


class CampaignsCog(commands.GroupCog, group_name="mass"):
    """One list, of any author and any place."""

    @app_commands.command(name="show", description="Show the last mass messages and their results.")
    @example("/mass show")
    @asks(Action.CAMPAIGNS, chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Shown to the asking person alone."""
        await show_campaigns(interaction)

    @app_commands.command(
        name="compare", description="Show the last mass messages side by side, as a picture."
    )
    @app_commands.describe(
        last="How many: 5 to 20. Leave empty for 10.",
        figure="What to compare. Leave empty for bought and revenue.",
    )
    @app_commands.choices(
        figure=[app_commands.Choice(name=words, value=name) for name, words in FIGURES.items()]
    )
    @example("/mass compare last:20")
    @asks(Action.CAMPAIGNS, chosen)
    async def compare(
        self,
        interaction: discord.Interaction[Any],
        last: app_commands.Range[int, FEWEST, MOST] = USUAL,
        figure: str = BOTH,
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        await compare_campaigns(interaction, last, figure)

    @app_commands.command(
        name="change", description="Change a planned mass message. You see before and after, and confirm."
    )
    @app_commands.describe(
        campaign=_WHICH,
        text="The new text, up to 5,000 characters.",
        price="In dollars, for media only: 4.99 or 5; “none” removes it.",
        media="All its media from now on: ids from the vault, with spaces or commas.",
        when="Its new time: 18:00, tomorrow 6pm, in 2 hours.",
    )
    @example(
        "/mass change campaign:{text} when:{when}",
        text=msgid("New set tonight!"),
        when=msgid("tomorrow 20:00"),
    )
    @asks(Action.MASS, chosen)
    async def change(
        self,
        interaction: discord.Interaction[Any],
        campaign: str,
        text: app_commands.Range[str, 1, 6000] | None = None,
        price: str | None = None,
        media: str | None = None,
        when: str | None = None,
        creator: str | None = None,
    ) -> None:
        """Nothing is changed before the asking person has confirmed what the preview shows."""
        await change_campaign(interaction, campaign, text=text, price=price, media=media, when=when)

    @app_commands.command(name="cancel", description="Cancel a planned mass message. You confirm first.")
    @app_commands.describe(campaign=_WHICH)
    @example("/mass cancel campaign:{text}", text=msgid("New set tonight!"))
    @asks(Action.MASS, chosen)
    async def cancel(
        self, interaction: discord.Interaction[Any], campaign: str, creator: str | None = None
    ) -> None:
        await end_campaign(interaction, campaign, "cancel")

    @app_commands.command(
        name="recall", description="Take back a sent mass message. You confirm first. Buyers keep it."
    )
    @app_commands.describe(campaign=_WHICH)
    @example("/mass recall campaign:{text}", text=msgid("New set tonight!"))
    @asks(Action.MASS, chosen)
    async def recall(
        self, interaction: discord.Interaction[Any], campaign: str, creator: str | None = None
    ) -> None:
        """It goes from every chat, except of those who bought it."""
        await end_campaign(interaction, campaign, "recall")

    change.autocomplete("campaign")(campaigns_to("change"))
    change.autocomplete("media")(offer_items)
    cancel.autocomplete("campaign")(campaigns_to("cancel"))
    recall.autocomplete("campaign")(campaigns_to("recall"))
