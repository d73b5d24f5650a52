"""Asks Discord again and again which threads are awake, where no event tells."""

from collections.abc import Callable

from bot.engine.supervision import BackgroundTask, periodic
from bot.features.inbox.thread_archiving.room import Read, ThreadRoom
from bot.model.errors import DeliveryFailed
from storage.errors import DatabaseUnreachable
from storage.records import DiscordId

_SECONDS = 30.0  # meanwhile others may open threads: fewer than Discord leaves above what the bridge keeps
_LIMIT = 120.0


def reading_task(
    room: ThreadRoom, read: Read, hears_of: Callable[[DiscordId], bool], *, divisor: float
) -> BackgroundTask:
    """The background task where not every server is heard of; `divisor` shortens the pauses.

    `hears_of`: whether events tell this process of a server.
    """

    async def look() -> None:
        for server in room.servers():
            if not hears_of(server):
                room.all_of(server, await read(server))

    passing = (DatabaseUnreachable, DeliveryFailed)
    return BackgroundTask("open threads", periodic(_SECONDS / divisor, look, passing=passing), _LIMIT)
