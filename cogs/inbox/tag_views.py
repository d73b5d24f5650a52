"""/fan tag: short words on a fan, given and taken privately."""

from collections.abc import Awaitable, Callable, Sequence

from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import private, server_wish_of
from bot.discord.asking import asks, here
from bot.discord.bridge import Asked, service
from bot.features.inbox.notes.tag_service import FanTagService
from storage.records import DiscordId

TAG_LIMIT = 24


async def add_tag(asked: Asked, tag: str) -> None:
    """/fan tag add."""
    await _answer(asked, service(asked, FanTagService).add, tag)


async def remove_tag(asked: Asked, tag: str) -> None:
    """/fan tag remove."""
    await _answer(asked, service(asked, FanTagService).remove, tag)


@asks(Action.FAN_TAG, here, offers=True)
async def offer_known(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """The tags that the creator's team uses."""
    return await _offer(asked, service(asked, FanTagService).offer_known, typed)


@asks(Action.FAN_TAG, here, offers=True)
async def offer_held(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """The tags of this fan."""
    return await _offer(asked, service(asked, FanTagService).offer_held, typed)


async def _answer(
    asked: Asked, deed: Callable[[DiscordId, DiscordId, str], Awaitable[str]], tag: str
) -> None:
    wish = server_wish_of(asked)
    actor, channel = wish.actor, wish.channel
    await private(asked, lambda: deed(actor, channel, tag))


async def _offer(
    asked: Asked, look: Callable[[DiscordId, str], Awaitable[Sequence[str]]], typed: str
) -> list[app_commands.Choice[str]]:
    if asked.channel_id is None:
        return []
    words = await look(DiscordId(asked.channel_id), typed)
    return [app_commands.Choice(name=word, value=word) for word in words]
