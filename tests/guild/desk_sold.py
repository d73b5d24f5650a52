"""`Items` of a desk: nothing was sent."""

from collections.abc import Mapping

from bot.relay.ports import Post
from storage.records import DiscordId


class DeskItems:
    """Says whose thread it was asked about."""

    async def of(self, channel: DiscordId, names: Mapping[str, str]) -> Post:  # noqa: ARG002 - Items has it
        return Post(body=(f"Nothing was sent in {channel}.",))
