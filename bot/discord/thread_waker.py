"""Wakes threads: asks for room before, and tells of it after."""

from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from typing import Any

from bot.discord.active_threads import ActiveThreadRoom, Took
from bot.discord.direct_requests import DirectRequests
from storage.records import DiscordId


class ThreadWaker:
    """The room, and how Discord is asked which threads of a server are awake."""

    def __init__(self, room: ActiveThreadRoom, direct: DirectRequests) -> None:
        self.room = room
        self._direct = direct

    def opening(self, forum: DiscordId) -> AbstractAsyncContextManager[Took]:
        """As in `ActiveThreadRoom`."""
        return self.room.opening(forum, self.read)

    def waking(self, thread: DiscordId) -> AbstractAsyncContextManager[None]:
        """As in `ActiveThreadRoom`."""
        return self.room.waking(thread, self.read)

    async def read(self, server: DiscordId) -> Collection[DiscordId]:
        """Return a server's awake threads, as Discord says it now."""
        told: Any = await self._direct.call("GET", f"/guilds/{server}/threads/active")
        return [DiscordId(int(thread["id"])) for thread in told["threads"]]
