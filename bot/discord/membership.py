"""A server's members and their roles: asked of Discord, one member at a time."""

from collections.abc import Collection

from bot.discord.direct_requests import DirectRequests
from bot.model.errors import TargetGone, TryLater
from bot.model.language import english
from storage.records import DiscordId


def one_of(guild: DiscordId) -> str:
    """The name of the route that asks for a member of a server; discord.py's own calls on it have it, too."""
    return f"GET /guilds/{guild}/members/{{member_id}}"


class GuildMembership:
    """Each question is one request."""

    def __init__(self, direct: DirectRequests) -> None:
        self._direct = direct

    async def roles(self, guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:
        """A member's roles there; None: they are not on the server."""
        path = f"/guilds/{guild}/members/{member}"
        try:
            found = await self._direct.call("GET", path, limit=one_of(guild))
        except TargetGone:
            return None
        try:
            return [DiscordId(int(role)) for role in found["roles"]]
        except (TypeError, KeyError, ValueError) as odd:
            raise TryLater(english("We couldn't read Discord's answer.")) from odd
