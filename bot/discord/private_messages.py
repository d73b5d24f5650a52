"""Private messages of the bot to one person."""

from bot.discord.direct_requests import DirectRequests
from bot.model.errors import DeliveryUnknown
from bot.model.language import english
from bot.model.ports import DiscordPort, Post
from storage.records import DiscordId


class PrivateMessages:
    """Writes to a person by their id. Discord lets it, if both are on a server and they allow it."""

    def __init__(self, direct: DirectRequests, discord: DiscordPort) -> None:
        self._direct = direct
        self._discord = discord

    async def channel(self, user: DiscordId) -> DiscordId:
        """Return their private channel. Asking again gives the same one."""
        made = await self._direct.call("POST", "/users/@me/channels", {"recipient_id": str(user)})
        try:
            return DiscordId(int(made["id"]))
        except (TypeError, KeyError, ValueError) as odd:
            raise DeliveryUnknown(english("We couldn't read Discord's answer.")) from odd

    async def tell(self, user: DiscordId, post: Post, *, nonce: str) -> DiscordId:
        """Send one message under its nonce; ends with one of the four failures."""
        channel = await self.channel(user)
        return await self._discord.post(channel, post, nonce=nonce)
