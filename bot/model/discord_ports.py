"""What features need of Discord beside `DiscordPort`."""

from collections.abc import Collection
from typing import Protocol

from bot.model.ports import DiscordPort, Post
from storage.records import DiscordId


class MembershipPort(Protocol):
    """A Discord that tells who is on a server."""

    async def roles(self, guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:
        """A member's roles there now; None: they are not on the server."""


class PrivateChannelPort(Protocol):
    """A Discord on which one person can be written to."""

    async def channel(self, user: DiscordId) -> DiscordId:
        """The private channel with them; the same each time."""


class PrivateMessagePort(Protocol):
    """A Discord on which one person can be written to."""

    async def tell(self, user: DiscordId, post: Post, *, nonce: str) -> DiscordId:
        """Send one private message; the same nonce within the window sends it once."""


class MessageRemovalPort(DiscordPort, Protocol):
    """A Discord on which a message can also be taken away."""

    async def delete_message(self, channel: DiscordId, message: DiscordId) -> None:
        """Delete one message of the bot's; fine when it is gone already."""
