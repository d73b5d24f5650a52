"""Says which stream has work, in the transaction that gave it work.

A driver calls `drain(stream)` for every stream that was woken, never twice at once for one stream,
and again at the time that the drain asks for. Waking is a hint: at start every stream with open work
is woken, so a lost hint costs time and nothing else.
"""

import asyncio
import heapq
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from bot.relay.ports import Clock
from storage.database import Transaction
from storage.records import Millis, Stream

log = logging.getLogger(__name__)

Drain = Callable[[Stream], Awaitable[Millis | None]]
_AFTER_A_FAULT: Millis = 1000


class Dispatch(Protocol):
    """What deciders know of the driver."""

    def wake(self, tx: Transaction, stream: Stream) -> None:
        """Have `stream` drained once `tx` is durable."""


class InProcess:
    """The default driver: one process, a bounded number of drains at once."""

    def __init__(self, *, clock: Clock, at_once: int = 32) -> None:
        self._clock = clock
        self._at_once = at_once
        self._ready: dict[Stream, None] = {}  # in the order of waking, each once
        self._later: list[tuple[Millis, Stream]] = []
        self._due: dict[Stream, Millis] = {}
        self._running: set[Stream] = set()
        self._again: set[Stream] = set()
        self._changed = asyncio.Event()
        self._stopping = False

    def wake(self, tx: Transaction, stream: Stream) -> None:
        """Have `stream` drained once `tx` is durable."""
        tx.on_commit(lambda: self.hint(stream))

    def hint(self, stream: Stream) -> None:
        """Have `stream` drained soon."""
        if stream in self._running:
            self._again.add(stream)
        else:
            self._ready[stream] = None
        self._changed.set()

    def hint_all(self, streams: Iterable[Stream]) -> None:
        """Have every stream of `streams` drained soon."""
        for stream in streams:
            self.hint(stream)

    @property
    def waiting(self) -> int:
        """How many streams wait or are being drained now."""
        return len(self._ready) + len(self._running)

    def stop(self) -> None:
        """Begin no further drain; `run` returns when those under way have ended."""
        self._stopping = True
        self._changed.set()

    async def run(self, drain: Drain) -> None:
        """Drain woken streams until `stop`, or until cancelled; what runs then is cancelled too."""
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping:
                self._changed.clear()
                self._promote()
                while self._ready and len(self._running) < self._at_once:
                    stream = next(iter(self._ready))
                    del self._ready[stream]
                    self._running.add(stream)
                    tasks.create_task(self._drain(drain, stream), name=f"drain {stream}")
                await self._wait()

    async def _drain(self, drain: Drain, stream: Stream) -> None:
        due: Millis | None = None
        try:
            due = await drain(stream)
        except Exception:
            # The one place that may catch everything: a fault in one stream must not stop the others.
            # Whatever it had begun stays `sending` in the outbox and is settled by reading.
            log.exception("a drain failed; it is tried again")
            due = self._clock.now() + _AFTER_A_FAULT
        finally:
            self._running.discard(stream)
            if stream in self._again:
                self._again.discard(stream)
                self._ready[stream] = None
            elif due is not None:
                self._due[stream] = due
                heapq.heappush(self._later, (due, stream))
            self._changed.set()

    def _promote(self) -> None:
        now = self._clock.now()
        while self._later and self._later[0][0] <= now:
            due, stream = heapq.heappop(self._later)
            if self._due.get(stream) == due:
                del self._due[stream]
                self.hint(stream)

    async def _wait(self) -> None:
        timeout = None
        if self._later:
            timeout = max(self._later[0][0] - self._clock.now(), 0) / 1000
        try:
            async with asyncio.timeout(timeout):
                await self._changed.wait()
        except TimeoutError:
            return
