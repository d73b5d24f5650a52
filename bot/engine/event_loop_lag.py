"""Whether the event loop stood still, which nothing in it can tell meanwhile."""

import asyncio
import logging
from collections.abc import Callable

log = logging.getLogger(__name__)

_LONGEST = 1.0
_STEP = 0.25


class EventLoopLag:
    """Measured by how much later a sleeper wakes than it meant to."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._last: tuple[float, float] | None = None  # when, and for how long

    async def measured(self) -> None:
        """Runs until it is cancelled."""
        while True:
            before = self._monotonic()
            await asyncio.sleep(_STEP)
            now = self._monotonic()
            if now - before - _STEP > _LONGEST:
                self._last = (now, now - before - _STEP)
                log.warning("the event loop stood still for %.1f s", self._last[1])

    def told(self, within: float) -> str | None:
        """That it stood still, if it did within so many seconds."""
        if self._last is None or self._monotonic() - self._last[0] >= within:
            return None
        return f"The event loop stood still for {self._last[1]:.1f} s."
