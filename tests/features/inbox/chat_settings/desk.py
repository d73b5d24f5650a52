"""`Marking` of a desk: says what it was told."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.features.inbox.chat_settings.service import ChatSettingsService
from storage.records import DiscordId
from tests.discord.desk import Desk, DeskServices


class DeskMarking:
    """Chats that nobody keeps."""

    async def read(self, actor: DiscordId, channel: DiscordId) -> str:
        return "Read."

    async def mute(self, actor: DiscordId, channel: DiscordId, *, on: bool) -> str:
        return f"Muted: {on}."

    async def nickname(self, actor: DiscordId, channel: DiscordId, name: str | None) -> str:
        return f"Called {name}."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {ChatSettingsService: DeskMarking()}
