"""Whether a forum, or where somebody clicks, is age-restricted at this moment."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import discord

from bot.discord.bridge import Asked, DiscordBridge
from storage.records import DiscordId


class AgeRestriction:
    """Asks the gateway's own picture of the servers, and Discord where that does not know the forum."""

    def __init__(
        self, client: DiscordBridge, *, lasts: float = 0.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """`lasts`: for so many seconds an answer of Discord's holds, where others hear of the server."""
        self._client = client
        self._lasts = lasts
        self._monotonic = monotonic
        self._told: dict[DiscordId, tuple[float, bool]] = {}  # until when
        self._asking: defaultdict[DiscordId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def restricted(self, forum: DiscordId) -> bool:
        """Not said counts as no. Raises what a delivery raises when Discord cannot be asked."""
        known = self._client.get_channel(forum)
        if isinstance(known, discord.ForumChannel):
            return known.is_nsfw()
        async with self._asking[forum]:  # whoever waits meanwhile has the same answer
            until, restricted = self._told.get(forum, (0.0, False))
            if self._monotonic() >= until:
                began = self._monotonic()
                restricted = await self._asked(forum)
                self._told[forum] = began + self._lasts, restricted
            return restricted

    async def _asked(self, forum: DiscordId) -> bool:
        path = f"/channels/{forum}"
        told: Any = await self._client.direct.call("GET", path, place=f"<#{forum}>", limit=f"GET {path}")
        return isinstance(told, dict) and told.get("nsfw") is True


def for_adults(asked: Asked) -> bool:
    """Whether the channel of a click is age-restricted; one that is not known is not."""
    channel = asked.channel
    return isinstance(channel, discord.TextChannel | discord.Thread) and channel.is_nsfw()
