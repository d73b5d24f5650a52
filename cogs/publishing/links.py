"""/money links: list a creator's tracking links; make, delete or look into one."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.publishing.link_views import create_link, delete_link, list_links, offer_links, show_fans, show_link

_LINK = "Which tracking link: type some letters of its name."
_PAGE = "Which page."
_Platform = Literal["facebook", "instagram", "other", "reddit", "snapchat", "tiktok", "twitter", "youtube"]


class LinksCog(commands.GroupCog, group_name="money"):
    """Addresses that say from where a fan came."""

    links = app_commands.Group(name="links", description="A creator's tracking links.")

    @links.command(name="list", description="List the tracking links. Only you see it.")
    @app_commands.describe(page=_PAGE)
    @example("/money links list")
    @asks(Action.TRACKING_LIST, chosen)
    async def listed(
        self,
        interaction: discord.Interaction[Any],
        page: app_commands.Range[int, 1, 100] = 1,
        creator: str | None = None,
    ) -> None:
        """Names and addresses; no figures."""
        await list_links(interaction, page)

    @links.command(name="create", description="Create a tracking link. You see it first and confirm.")
    @app_commands.describe(
        name="Its name, such as: spring bio.",
        platform="Where you put it.",
    )
    @example("/money links create name:{name} platform:instagram", name=msgid("spring bio"))
    @asks(Action.TRACKING_CHANGE, chosen)
    async def create(
        self,
        interaction: discord.Interaction[Any],
        name: app_commands.Range[str, 1, 100],
        platform: _Platform = "other",
        creator: str | None = None,
    ) -> None:
        """Made once; a lost answer is looked up in Fanvue's list."""
        await create_link(interaction, name, platform)

    @links.command(name="delete", description="Delete a tracking link. You see it first and confirm.")
    @app_commands.describe(link=_LINK)
    @example("/money links delete link:{name}", name=msgid("spring bio"))
    @asks(Action.TRACKING_CHANGE, chosen)
    async def delete(
        self, interaction: discord.Interaction[Any], link: str, creator: str | None = None
    ) -> None:
        await delete_link(interaction, link)

    @links.command(name="show", description="See a tracking link's results. Only you see it.")
    @app_commands.describe(link=_LINK)
    @example("/money links show link:{name}", name=msgid("spring bio"))
    @asks(Action.TRACKING_SHOW, chosen)
    async def show(
        self, interaction: discord.Interaction[Any], link: str, creator: str | None = None
    ) -> None:
        """As exactly as the asking person sees figures."""
        await show_link(interaction, link)

    @links.command(name="fans", description="See who came through a tracking link. Only you see it.")
    @app_commands.describe(link=_LINK, page=_PAGE)
    @example("/money links fans link:{name}", name=msgid("spring bio"))
    @asks(Action.TRACKING_SHOW, chosen)
    async def fans(
        self,
        interaction: discord.Interaction[Any],
        link: str,
        page: app_commands.Range[int, 1, 40] = 1,
        creator: str | None = None,
    ) -> None:
        """With the way to each fan's thread."""
        await show_fans(interaction, link, page)

    for _one in (delete, show, fans):
        _one.autocomplete("link")(offer_links)
