"""/money digest set, now, show, off: daily, weekly or monthly reports."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.access.roles import MoneyView
from bot.discord.asking import asks, chosen
from bot.discord.command_examples import example
from bot.relay.digest_wish import DigestWish
from cogs.money.digest_views import offer_zones, preview, put_digest, setting_of
from cogs.money.figure_views import show_figures
from storage.records import DiscordId

_Sort = Literal["daily", "weekly", "monthly"]
_Figures = Literal["exact", "ranges", "none"]
_SHOWS = {"exact": MoneyView.EXACT, "ranges": MoneyView.BANDED, "none": MoneyView.HIDDEN}


class DigestCog(commands.GroupCog, group_name="money"):
    digest = app_commands.Group(name="digest", description="A daily, weekly or monthly summary.")

    @digest.command(
        name="set", description="Get a daily, weekly or monthly summary, in a channel or privately."
    )
    @app_commands.describe(
        hour="The hour of the day, 0 to 23, in your time zone.",
        channel="Everyone who can read this channel sees it. Leave empty to get it privately.",
        sort="Daily, weekly or monthly. Leave empty for daily.",
        figures="Exact, in ranges, or none. Leave empty for exact.",
        quiet="on: skip it when there's nothing to report.",
        zone="Your time zone, for example Europe/Berlin. Days begin and end with it.",
    )
    @example("/money digest set channel:#figures hour:9 zone:Europe/Berlin")
    @asks(Action.DIGEST, chosen)
    async def put(  # noqa: PLR0913, PLR0917 - one parameter for each option
        self,
        interaction: discord.Interaction[Any],
        hour: app_commands.Range[int, 0, 23],
        channel: discord.TextChannel | None = None,
        sort: _Sort = "daily",
        figures: _Figures = "exact",
        quiet: Literal["on", "off"] = "off",
        zone: str | None = None,
        creator: str | None = None,
    ) -> None:
        """Only the person who connected the creator decides where money is told of."""
        where = None if channel is None else DiscordId(channel.id)
        wish = DigestWish(sort, hour, where, zone, _SHOWS[figures], quiet == "on")
        await put_digest(interaction, wish, channel)

    @digest.command(name="now", description="Preview a digest now, only for you.")
    @app_commands.describe(sort="Daily, weekly or monthly. Leave empty for daily.")
    @example("/money digest now sort:weekly")
    @asks(Action.DIGEST, chosen)
    async def now(
        self, interaction: discord.Interaction[Any], sort: _Sort = "daily", creator: str | None = None
    ) -> None:
        """A preview; the digest itself still comes."""
        await preview(interaction, sort)

    @digest.command(name="off", description="Stop one digest, or all of them.")
    @app_commands.describe(sort="Which one. Leave empty for all.")
    @example("/money digest off sort:weekly")
    @asks(Action.DIGEST, chosen)
    async def off(
        self, interaction: discord.Interaction[Any], sort: _Sort | None = None, creator: str | None = None
    ) -> None:
        """Digests not posted yet are not posted."""
        await show_figures(interaction, lambda link: setting_of(interaction).off(link, sort))

    @digest.command(name="show", description="Show which digests exist, and where and when they come.")
    @example("/money digest show")
    @asks(Action.DIGEST, chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Shown to the asking person alone."""
        await show_figures(interaction, setting_of(interaction).show)

    put.autocomplete("zone")(offer_zones)
