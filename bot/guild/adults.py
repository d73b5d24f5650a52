"""Whether a forum, or where somebody clicks, is age-restricted at this moment."""

from typing import Any

import discord

from bot.guild.bridge import Asked, Bridge
from storage.records import DiscordId


class Adults:
    """Asks the gateway's own picture of the servers, and Discord where that does not know the forum yet."""

    def __init__(self, client: Bridge) -> None:
        self._client = client

    async def restricted(self, forum: DiscordId) -> bool:
        """Not said counts as no. Raises what a delivery raises when Discord cannot be asked."""
        known = self._client.get_channel(forum)
        if isinstance(known, discord.ForumChannel):
            return known.is_nsfw()
        path = f"/channels/{forum}"
        told: Any = await self._client.direct.call("GET", path, place=f"<#{forum}>", limit=f"GET {path}")
        return isinstance(told, dict) and told.get("nsfw") is True


def for_adults(asked: Asked) -> bool:
    """Whether the channel of a click is age-restricted; one that is not known is not."""
    channel = asked.channel
    return isinstance(channel, discord.TextChannel | discord.Thread) and channel.is_nsfw()
