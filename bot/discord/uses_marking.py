"""What commands need to change a chat on Fanvue."""

from typing import Protocol

from storage.records import DiscordId


class ChatSettingsUses(Protocol):
    """Whether they may was asked before; refusals are raised, or what is returned says why not."""

    async def read(self, actor: DiscordId, channel: DiscordId) -> str:
        """Have the chat marked as read."""

    async def mute(self, actor: DiscordId, channel: DiscordId, *, on: bool) -> str:
        """Have the chat muted, or no longer."""

    async def nickname(self, actor: DiscordId, channel: DiscordId, name: str | None) -> str:
        """Have the fan given a nickname, or none any more."""
