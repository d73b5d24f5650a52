"""/link: connects one's own Fanvue account."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, server_wish_of, two_phase
from bot.discord.asking import asks, nobody
from bot.discord.bridge import Asked, service
from bot.discord.command_examples import example
from bot.discord.controls import WebButton
from bot.engine.commands import Commands
from bot.features.people.accounts.service import AccountLinkService
from bot.model.language import tr
from bot.model.ports import Post
from storage.records import CommandId, DiscordId


class LinkCog(commands.Cog):
    """Anyone may; the page asks who they are."""

    @app_commands.command(name="link", description="Connect your Fanvue account to this server.")
    @example("/link")
    @asks(Action.LINK, nobody)
    async def link(self, interaction: discord.Interaction[Any]) -> None:
        """The page that the button opens proves that it is the same person."""
        asked: Asked = interaction
        wish = server_wish_of(asked)
        await two_phase(
            asked,
            stage=lambda: service(asked, Commands).stage(wish, action="link"),
            accept=lambda command: _link(asked, command),
        )


async def _link(asked: Asked, command: CommandId) -> Said:
    if asked.guild_id is None or not await service(asked, Commands).accept(command):
        return tr("This took too long. Please run /link again.")
    url = await service(asked, AccountLinkService).begin(
        DiscordId(asked.user.id),
        _called(asked.user),
        DiscordId(asked.guild_id),
        asked.guild.name if asked.guild is not None else tr("this server"),
        command,
    )
    post = Post(
        title=tr("Connect Fanvue"),
        body=(
            tr("1. Open the page. It works only for you, once, for ten minutes."),
            tr("2. Sign in with Discord, so we know it's you, then with Fanvue."),
            tr("3. Come back here: this message asks whether it is the right account."),
        ),
        small=tr("If someone else asked you to do this, do not open it."),
    )
    return AnswerContent(post, (WebButton(tr("Open the page"), url),))


def _called(user: discord.User | discord.Member) -> str:
    """The asking person's name for the page: a shown name can be anybody's, the other is theirs alone."""
    shown, own = user.display_name, user.name
    return own if shown == own else f"{shown} (@{own})"
