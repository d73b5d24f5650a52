"""Waits for a turn at Discord as a page can: never so long that it seems stuck."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from bot.model.errors import TryLater

T = TypeVar("T")
Pause = Callable[[float], Awaitable[None]]

_LONGEST: Final = 10.0  # seconds that one visit waits for its turn
_LEAST: Final = 0.1


async def patiently(ask: Callable[[], Awaitable[T]], pause: Pause) -> T:
    """Where a route is used up for now, Discord says for how long. Raises what asking raises."""
    left = _LONGEST
    while True:
        try:
            return await ask()
        except TryLater as later:
            if later.after is None or later.after > left:
                raise
            wait = max(later.after, _LEAST)
            left -= wait
            await pause(wait)
