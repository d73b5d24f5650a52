"""What the button More on a fan's card needs; `bot.features.inbox.profiles` is it."""

from typing import Protocol

from bot.access.roles import MoneyView
from bot.model.ports import Post
from storage.records import DiscordId


class ProfileUses(Protocol):
    """A fan as one member may see them. Whether they may was asked before; refusals are raised."""

    async def of(self, channel: DiscordId, level: MoneyView) -> Post:
        """The fan whose thread this is; `level`: how exactly figures are shown, if at all."""

    async def lists(self, channel: DiscordId) -> Post:
        """On which of the creator's lists on Fanvue they are."""
