"""The duty of the access doctor: looks at each creator once a week."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.access.seeing import See
from bot.supervision import Duty, Sleep, periodic
from storage.errors import DatabaseUnreachable

_SECONDS = 600.0  # each creator is looked at once a week; this is how late that may be
_LIMIT = 1800.0  # with many creators it reads a lot, one after the other


def duty(
    look: Callable[[See], Awaitable[None]],
    see: See,
    *,
    ready: Callable[[], bool],
    sleep: Sleep = asyncio.sleep,
) -> Duty:
    """`look` as of `Overseeing`; `ready`: whether Discord is connected. Its answers are waited for."""

    async def once() -> None:
        if ready():
            await look(see)

    run = periodic(_SECONDS, once, passing=(DatabaseUnreachable,), sleep=sleep)
    return Duty("access", run, _LIMIT)
