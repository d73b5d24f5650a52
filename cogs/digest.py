"""/digest set, off, show, zone: yesterday's earnings, daily; one's time zone."""

import asyncio
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.guild.answers import Said
from bot.guild.asking import asks, chosen, nobody
from bot.guild.bridge import Asked, Bridge
from bot.guild.choosing import creators_for
from bot.guild.examples import example
from bot.guild.figures import show_figures
from bot.guild.rights import why_not_post
from bot.guild.uses_figures import Digests
from bot.relay.zones import zones_like
from storage.records import DiscordId, Link

_NOT_YET = "The bot is still getting to know this server. Please try again in a moment."
_CREATORS = creators_for(Action.DIGEST)
_CREATOR = "Which creator, if there are several."
_ZONE = "Your time zone, for example Europe/Berlin. Days begin and end with it."


class Digest(commands.GroupCog, group_name="digest", group_description="Yesterday's earnings, every day."):
    """The daily digest."""

    @app_commands.command(name="set", description="Post yesterday's earnings every day into a channel.")
    @app_commands.describe(
        channel="Everybody who can read this channel sees the figures.",
        hour="The hour of the day, 0 to 23, in your time zone.",
        zone=_ZONE,
        creator=_CREATOR,
    )
    @example("/digest set channel:#figures hour:9 zone:Europe/Berlin")
    @asks(Action.DIGEST, chosen)
    async def put(
        self,
        interaction: discord.Interaction[Any],
        channel: discord.TextChannel,
        hour: app_commands.Range[int, 0, 23],
        zone: str | None = None,
        creator: str | None = None,
    ) -> None:
        """Only the person who connected the creator decides where money is told of."""
        await show_figures(interaction, lambda link: _put(interaction, link, channel, hour, zone))

    @app_commands.command(name="off", description="Stop the daily digest.")
    @app_commands.describe(creator=_CREATOR)
    @example("/digest off")
    @asks(Action.DIGEST, chosen)
    async def off(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """One that is on its way may still come."""
        await show_figures(interaction, _digests(interaction).off)

    @app_commands.command(name="show", description="Show where and when the daily digest comes.")
    @app_commands.describe(creator=_CREATOR)
    @example("/digest show")
    @asks(Action.DIGEST, chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Shown to the asking person alone."""
        await show_figures(interaction, _digests(interaction).show)

    @app_commands.command(name="zone", description="Choose the time zone in which your days begin and end.")
    @app_commands.describe(zone=_ZONE, creator=_CREATOR)
    @example("/digest zone zone:Europe/Berlin")
    @asks(Action.DIGEST, chosen)
    async def zone(
        self, interaction: discord.Interaction[Any], zone: str, creator: str | None = None
    ) -> None:
        """It holds for /earnings and /fans top as well."""
        await show_figures(interaction, lambda link: _digests(interaction).live_in(link, zone))

    put.autocomplete("creator")(_CREATORS)
    off.autocomplete("creator")(_CREATORS)
    show.autocomplete("creator")(_CREATORS)
    zone.autocomplete("creator")(_CREATORS)

    @put.autocomplete("zone")
    @zone.autocomplete("zone")
    @asks(Action.CHOOSE_ZONE, nobody, offers=True)
    async def choose_zone(
        self, _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Zones by their IANA names; the first time the names are read from files."""
        names = await asyncio.to_thread(zones_like, current)
        return [app_commands.Choice(name=name, value=name) for name in names]


async def _put(asked: Asked, link: Link, channel: discord.TextChannel, hour: int, zone: str | None) -> Said:
    if asked.guild is None or not isinstance(asked.user, discord.Member):
        return _NOT_YET
    refusal = why_not_post(
        member=channel.permissions_for(asked.user), bot=channel.permissions_for(asked.guild.me)
    )
    if refusal is not None:
        return refusal
    return await _digests(asked).put(link, DiscordId(channel.id), hour, zone)


def _digests(asked: Asked) -> Digests:
    return asked.client.uses.digests


async def setup(bot: Bridge) -> None:
    """Called by the bot before it connects."""
    await bot.add_cog(Digest())
