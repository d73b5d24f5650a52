"""Who is on a server, with which roles: asked of Discord, one member at a time."""

from collections.abc import Collection

from bot.guild.direct import Direct
from bot.relay.errors import Gone, TryLater
from storage.records import DiscordId


class Membership:
    """Each question is one request."""

    def __init__(self, direct: Direct) -> None:
        self._direct = direct

    async def roles(self, guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:
        """A member's roles there; None: they are not on the server."""
        path = f"/guilds/{guild}/members/{member}"
        try:
            found = await self._direct.call("GET", path, limit="GET /guilds/members")
        except Gone:
            return None
        try:
            return [DiscordId(int(role)) for role in found["roles"]]
        except (TypeError, KeyError, ValueError) as odd:
            raise TryLater("Discord's answer could not be read.") from odd
