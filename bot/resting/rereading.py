"""Asks Discord again and again which threads are awake, where no event tells."""

from bot.relay.errors import DeliveryFailed
from bot.resting.room import Read, Room
from bot.supervision import Duty, periodic
from storage.errors import DatabaseUnreachable

_SECONDS = 30.0  # meanwhile others may open threads: fewer than Discord leaves above what the bridge keeps
_LIMIT = 120.0


def duty(room: Room, read: Read, *, divisor: float) -> Duty:
    """What must run in a process without the session with Discord; `divisor` shortens the pauses."""

    async def look() -> None:
        for server in room.servers():
            room.all_of(server, await read(server))

    passing = (DatabaseUnreachable, DeliveryFailed)
    return Duty("open threads", periodic(_SECONDS / divisor, look, passing=passing), _LIMIT)
