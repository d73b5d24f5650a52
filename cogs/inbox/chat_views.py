"""/fan read, mute, nickname: wishes about the chat on Fanvue."""

from collections.abc import Awaitable, Callable

from bot.discord.answers import private, server_wish_of
from bot.discord.bridge import Asked, service
from bot.discord.discord_permissions import why_not_answer
from bot.features.inbox.chat_settings.service import ChatSettingsService
from storage.records import DiscordId


async def mark_read(asked: Asked) -> None:
    """/fan read."""
    await _answer(asked, service(asked, ChatSettingsService).read)


async def mute(asked: Asked, *, on: bool) -> None:
    """/fan mute."""
    await _answer(
        asked, lambda actor, channel: service(asked, ChatSettingsService).mute(actor, channel, on=on)
    )


async def nickname(asked: Asked, name: str | None) -> None:
    """/fan nickname."""
    await _answer(
        asked, lambda actor, channel: service(asked, ChatSettingsService).nickname(actor, channel, name)
    )


async def _answer(asked: Asked, deed: Callable[[DiscordId, DiscordId], Awaitable[str]]) -> None:
    wish = server_wish_of(asked, why_not_answer(asked.permissions))
    actor, channel = wish.actor, wish.channel
    await private(asked, lambda: deed(actor, channel))
