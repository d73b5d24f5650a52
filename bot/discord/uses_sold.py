"""What /fan items needs; `bot.features.inbox.purchases` is it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model.ports import Post
from storage.records import CreatorId, DiscordId, MediaId


class PurchaseUses(Protocol):
    """What was sent to fans. Whether somebody may look was asked before."""

    async def of(self, channel: DiscordId, names: Mapping[str, str]) -> Post:
        """What went to the fan whose thread this is; a refusal is a sentence."""

    async def had(self, creator: CreatorId, media: Sequence[MediaId], names: Mapping[str, str]) -> Post:
        """Who had these items of the creator's vault; `names`: what they are called, by their ids."""
