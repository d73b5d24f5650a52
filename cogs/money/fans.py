"""/money top, /money subscribers: who spends most, and who subscribes."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said
from bot.discord.asking import asks, chosen, permit_of
from bot.discord.bridge import Asked, service
from bot.discord.command_examples import example
from bot.discord.message_bodies import AnswerFile
from bot.features.money.periods.range_rules import MONTHLY
from bot.features.money.subscribers.list_service import SubscriberListService
from bot.features.money.subscribers.service import SubscribersService
from bot.model.language import msgid, tr
from cogs.money.earnings_views import periods_for, show_top
from cogs.money.figure_views import show_figures
from storage.records import Link

_NO_FILE = msgid("We couldn't attach the file here. Run the command again without `as_file:`.")


class FansCog(commands.GroupCog, group_name="money"):
    """The audience of a creator."""

    subscribers = app_commands.Group(name="subscribers", description="Who subscribes, and how that changes.")

    @app_commands.command(name="top", description="Show which fans spent most, only to you.")
    @app_commands.describe(
        period="Days, for example last week, 1–15 Nov or 2025. Leave empty for the last 30 days.",
    )
    @example("/money top period:{period}", period=msgid("last week"))
    @asks(Action.TOP_FANS, chosen)
    async def top(
        self, interaction: discord.Interaction[Any], period: str = MONTHLY, creator: str | None = None
    ) -> None:
        """Shown to the asking person alone."""
        await show_top(interaction, period)

    @subscribers.command(
        name="show", description=("Show how many fans subscribe, and the change, only to you.")
    )
    @app_commands.describe(
        period="Days, for example last week, 1–15 Nov or 2025. Leave empty for the last 30 days.",
    )
    @example("/money subscribers show period:{period}", period=msgid("last week"))
    @asks(Action.SUBSCRIBERS, chosen)
    async def show(
        self, interaction: discord.Interaction[Any], period: str = MONTHLY, creator: str | None = None
    ) -> None:
        """Shown to the asking person alone."""
        await show_figures(interaction, lambda link: _subscribers(interaction, link, period))

    @subscribers.command(
        name="list", description="Show who subscribes, since when, and what renews, only to you."
    )
    @app_commands.describe(
        page="Which page.",
        as_file="Also as a CSV file, for you alone.",
    )
    @example("/money subscribers list as_file:True")
    @asks(Action.SUBSCRIBERS, chosen)
    async def listed(
        self,
        interaction: discord.Interaction[Any],
        page: app_commands.Range[int, 1, 500] = 1,
        as_file: bool = False,  # noqa: FBT001, FBT002 - how discord.py asks for a yes or no
        creator: str | None = None,
    ) -> None:
        """As Fanvue lists them now."""
        await show_figures(interaction, lambda link: _listed(interaction, link, page, as_file=as_file))

    top.autocomplete("period")(periods_for(Action.TOP_FANS))
    show.autocomplete("period")(periods_for(Action.SUBSCRIBERS))


async def _subscribers(asked: Asked, link: Link, period: str) -> Said:
    post, picture = await service(asked, SubscribersService).subscribers(link, period, permit_of(asked).money)
    return AnswerContent(post, pictures=() if picture is None else (picture,))


async def _listed(asked: Asked, link: Link, number: int, *, as_file: bool) -> Said:
    found = await service(asked, SubscriberListService).page(link, permit_of(asked), number, as_file=as_file)
    if found.file is None:
        return found.post
    return AnswerContent(found.post, file=AnswerFile("subscribers.csv", found.file), without=tr(_NO_FILE))
