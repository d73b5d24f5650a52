"""`Items` of a desk: nothing was sent."""

from bot.relay.ports import Post
from storage.records import DiscordId


class DeskItems:
    """Says whose thread it was asked about."""

    async def of(self, channel: DiscordId) -> Post:
        return Post(body=(f"Nothing was sent in {channel}.",))
