"""`Items` of a desk: nothing was sent."""

from collections.abc import Mapping, Sequence

from bot.features.inbox.purchases.service import PurchaseService
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId, MediaId
from tests.discord.desk import Desk, DeskServices


class DeskItems:
    """Says whose thread it was asked about."""

    async def of(self, channel: DiscordId, names: Mapping[str, str]) -> Post:  # noqa: ARG002 - Items has it
        return Post(body=(f"Not sent in {channel}.",))

    async def had(self, creator: CreatorId, media: Sequence[MediaId], names: Mapping[str, str]) -> Post:  # noqa: ARG002
        """Says of whose vault it was asked about."""
        return Post(body=(f"Nobody had any of {len(media)} of {creator}.",))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {PurchaseService: DeskItems()}
