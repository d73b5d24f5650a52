"""Asks Discord who is on a server; waits for its turn as a page can."""

from collections.abc import Awaitable, Callable, Collection
from typing import Final, Protocol

from bot.model.errors import TryLater
from storage.records import DiscordId

_LONGEST: Final = 10.0  # seconds that one visit waits for its turn
_LEAST: Final = 0.1


class PageMembersPort(Protocol):
    """`bot.discord.membership.GuildMembership`."""

    async def roles(self, guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:
        """A member's roles there now; None: they are not on the server."""


class PatientMembers:
    """Where a route is used up for now, Discord says for how long; a visit is a moment later then."""

    def __init__(self, members: PageMembersPort, pause: Callable[[float], Awaitable[None]]) -> None:
        self._members = members
        self._pause = pause

    async def roles(self, guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:
        """As the port has it. Raises one of the four errors of delivery."""
        left = _LONGEST
        while True:
            try:
                return await self._members.roles(guild, member)
            except TryLater as later:
                if later.after is None or later.after > left:
                    raise
                wait = max(later.after, _LEAST)
                left -= wait
                await self._pause(wait)
