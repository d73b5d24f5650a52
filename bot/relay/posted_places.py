"""Where a posted effect stands on Discord."""

from storage.records import DiscordId


def place_of(external_id: str) -> tuple[DiscordId, DiscordId]:
    """The channel and the message that a posted effect became."""
    channel, message = external_id.split(":")
    return DiscordId(int(channel)), DiscordId(int(message))
