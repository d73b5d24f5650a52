"""Greets a server that invites the bot: once, and only where it may write."""

import logging

from bot.features.operations.greeting import texts
from bot.model.errors import DeliveryFailed
from bot.model.ports import DiscordPort
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import guild_assignments, instance
from storage.inbox import forums
from storage.records import DiscordId

log = logging.getLogger(__name__)

_NAME = "greeted:{}"  # among the small things that are remembered
_MOST = 100  # servers that wait to be greeted; of more, the first ones


class GreetingService:
    """It is remembered before anything is posted: a greeting may be lost, and never comes twice."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._waiting: dict[DiscordId, DiscordId] = {}  # the channel of each server

    async def joined(self, guild: DiscordId, channel: DiscordId) -> None:
        """A server has invited the bot, which may write in this channel of it."""
        if len(self._waiting) < _MOST and self._ctx.serving.refuses(guild) is None:
            self._waiting[guild] = channel

    async def greet(self, discord: DiscordPort) -> None:
        """Greet those that wait."""
        for guild in tuple(self._waiting):
            wanted = await self._ctx.database.write(lambda tx, one=guild: self._take(tx, one))  # type: ignore[misc]
            channel = self._waiting.pop(guild)
            if wanted:
                await _say(discord, guild, channel)

    async def _take(self, tx: Transaction, guild: DiscordId) -> bool:
        """Whether it is to be greeted now, and then never again. One that has a forum knows the bot."""
        name, serving = _NAME.format(guild), self._ctx.serving
        if await instance.recall(tx, name) is not None or await forums.of_guild(tx, guild):
            return False
        if not serving.alone and await guild_assignments.owner(tx, guild) not in {None, serving.application}:
            return False
        await instance.remember(tx, name, str(self._ctx.clock.now()))
        return True


async def _say(discord: DiscordPort, guild: DiscordId, channel: DiscordId) -> None:
    try:
        await discord.post(channel, texts.greeting(), nonce=f"hi{guild}")
    except DeliveryFailed as failed:
        log.warning("a new server could not be greeted: %s", failed.reason)
