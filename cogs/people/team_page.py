"""/account page: earnings, calendar and vault in a browser."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, private
from bot.discord.asking import asks, each, permits_of
from bot.discord.bridge import Asked, service
from bot.discord.command_examples import example
from bot.discord.controls import WebButton
from bot.features.people.team_page.sign_in_service import PageSignInService
from bot.model.language import tr
from bot.model.ports import Post


class TeamPageCog(commands.GroupCog, group_name="account"):
    """What is read better on a page."""

    @app_commands.command(name="page", description="Open earnings, calendar and vault in your browser.")
    @example("/account page")
    @asks(Action.PAGE, each)
    async def page(self, interaction: discord.Interaction[Any]) -> None:
        """The page asks Discord who they are, and the table of actions what they may see."""
        asked: Asked = interaction
        await private(asked, lambda: _page(asked))


async def _page(asked: Asked) -> Said:
    url = await service(asked, PageSignInService).begin(permits_of(asked)[0])
    post = Post(
        title=tr("Your page"),
        body=(
            tr("1. Open the page. The link works only for you, once, for ten minutes."),
            tr("2. Sign in with Discord, so we know it's you."),
            tr("You stay signed in for 12 hours. You see there what you may see here."),
        ),
        small=tr("Give the link to nobody. It opens nothing for another Discord account."),
    )
    return AnswerContent(post, (WebButton(tr("Open the page"), url),))
