"""The task of the access doctor: looks at roles at the start, at all once a week."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.access.channel_view import See
from bot.engine.supervision import BackgroundTask, Heartbeat, Sleep, periodic
from storage.errors import DatabaseUnreachable

_SECONDS = 600.0  # each creator is looked at once a week; this is how late that may be
_CONNECTS = 5.0  # between two looks whether Discord is connected yet
_LIMIT = 1800.0  # with many creators it reads a lot, one after the other


def access_task(
    look: Callable[[See], Awaitable[None]],
    roles: Callable[[See], Awaitable[None]],
    see: See,
    *,
    ready: Callable[[], bool],
    sleep: Sleep = asyncio.sleep,
) -> BackgroundTask:
    """`look` and `roles` as of `Overseeing`; `ready`: whether Discord is connected.

    As soon as it is, roles are looked at. Its answers are waited for.
    """
    begun = False

    async def once() -> None:
        nonlocal begun
        if not ready():
            return
        if not begun:
            await roles(see)
            begun = True
            return  # all else has time until the next round: a start is not the moment for a report
        await look(see)

    every = periodic(_SECONDS, once, passing=(DatabaseUnreachable,), sleep=sleep)

    async def run(beat: Heartbeat) -> None:
        while not ready():
            beat()
            await sleep(_CONNECTS)
        await every(beat)

    return BackgroundTask("access", run, _LIMIT)
