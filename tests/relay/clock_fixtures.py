"""Time and chance that a test owns: a settable clock, seeded ids, the driver."""

import asyncio
import base64
import random

from bot.engine.clock import SystemClock
from bot.engine.dispatch import InProcessDriver
from storage.records import Millis, Stream

EVENING: Millis = 1_795_460_400_000  # 2026-11-24, some time in the evening


class SettableClock:
    """Stands still until it is moved."""

    def __init__(self, at: Millis = EVENING) -> None:
        self.at = at

    def now(self) -> Millis:
        """Milliseconds since 1970, UTC."""
        return self.at


class TickingClock(SettableClock):
    """Goes by itself, as the real one does."""

    def now(self) -> Millis:
        """Milliseconds since 1970, UTC."""
        return SystemClock().now()


class SeededIds:
    """The same 22 characters of base64url in every run."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def new(self) -> str:
        """The next id."""
        return base64.urlsafe_b64encode(self._random.randbytes(16)).decode().rstrip("=")


class ManualDriver(InProcessDriver):
    """The real driver on a settable clock: nothing happens later than now, until the clock is moved."""

    def __init__(self, clock: SettableClock) -> None:
        super().__init__(clock=clock)
        self.settable = clock
        self._still = asyncio.Event()
        self._held: dict[Stream, None] | None = None

    def hold(self) -> None:
        """From now on nothing is begun, whoever wakes it."""
        self._held = {}

    def let_go(self) -> None:
        """Begin what was woken meanwhile, in its order, and whatever comes."""
        held, self._held = self._held or {}, None
        self.hint_all(held)

    def is_free(self) -> bool:
        """As the real one; what is held is begun by nobody."""
        return self._held is None and super().is_free()

    def hint(self, stream: Stream) -> None:
        """Have `stream` drained soon, or when it is let go."""
        if self._held is None:
            super().hint(stream)
        else:
            self._held[stream] = None

    async def _wait(self) -> None:
        if not self._running and not self._ready:
            self._still.set()
        await self._changed.wait()

    async def turn(self) -> None:
        """Return when nothing is left to do at this time."""
        self._still.clear()
        self._changed.set()
        async with asyncio.timeout(120):
            await self._still.wait()

    async def pass_time(self, wait: Millis) -> None:
        """Move the clock, stopping at every moment that somebody waits for."""
        end = self.settable.at + wait
        await self.turn()
        while self._later and self._later[0][0] <= end:
            self.settable.at = max(self.settable.at, self._later[0][0])
            await self.turn()
        self.settable.at = end
        await self.turn()
