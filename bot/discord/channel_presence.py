"""Whether a channel or a thread is still there: asked of Discord."""

from bot.discord.direct_requests import DirectRequests
from bot.model.errors import TargetGone
from storage.records import DiscordId


class ChannelPresence:
    """Each question is one request."""

    def __init__(self, direct: DirectRequests) -> None:
        self._direct = direct

    async def is_there(self, channel: DiscordId) -> bool:
        """Whether Discord still knows it. Raises the failures of `DirectRequests.call`."""
        path = f"/channels/{channel}"
        try:
            await self._direct.call("GET", path, place=f"<#{channel}>", limit=f"GET {path}")
        except TargetGone:
            return False
        return True
