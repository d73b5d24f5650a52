"""Asks Discord who is on a server; waits for its turn as a page can."""

import asyncio
from collections.abc import Collection

from bot.model.discord_ports import MembershipPort
from bot.web.team.patience import Pause, patiently
from storage.records import DiscordId

Member = tuple[DiscordId, DiscordId]
Asking = asyncio.Task[Collection[DiscordId] | None]


class PatientMembers:
    """A visit is a moment later where the route is used up.

    Ten pictures of one page ask at once: those that come while a question is on its way have the next one
    together. So nobody is told anything that was asked before they came.
    """

    def __init__(self, members: MembershipPort, pause: Pause) -> None:
        self._members = members
        self._pause = pause
        self._asked: dict[Member, Asking] = {}
        self._next: dict[Member, Asking] = {}

    async def roles(self, guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:
        """As the port has it. Raises one of the four errors of delivery."""
        of = guild, member
        asking = self._next.get(of)
        if asking is None:
            asking = self._next[of] = asyncio.create_task(self._after(self._asked.get(of), of))
            asking.add_done_callback(_heard)
        return await asyncio.shield(asking)

    async def _after(self, before: Asking | None, of: Member) -> Collection[DiscordId] | None:
        if before is not None:
            await asyncio.wait([before])
        mine = self._asked[of] = self._next.pop(of)
        try:
            return await self._told(*of)
        finally:
            if self._asked[of] is mine:
                del self._asked[of]

    async def _told(self, guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:
        return await patiently(lambda: self._members.roles(guild, member), self._pause)


def _heard(asking: Asking) -> None:
    """Where everybody has left meanwhile, its failure is nobody's."""
    if not asking.cancelled():
        asking.exception()
