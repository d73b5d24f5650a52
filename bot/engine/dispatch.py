"""Says which stream has work, in the transaction that gave it work.

A driver calls `drain(stream)` for every stream that was woken, never twice at once for one stream,
and again at the time that the drain asks for. Waking is a hint: at start every stream with open work
is woken, so a lost hint costs time and nothing else.
"""

import asyncio
import heapq
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Protocol

from bot.engine.urgency import LATER, UrgencyQueue, as_urgent_as, is_urgent
from bot.model.ports import Clock
from storage.database import Transaction
from storage.records import Millis, Stream

log = logging.getLogger(__name__)

Drain = Callable[[Stream], Awaitable[Millis | None]]
_AFTER_A_FAULT: Millis = 1000
_BEAT_SECONDS = 5.0  # a driver without work still says this often that it is there
_STALE_ENTRIES = 1024


class Dispatch(Protocol):
    """The driver as deciders know it."""

    def wake(self, tx: Transaction, stream: Stream, *, at: Millis = 0) -> None:
        """Have `stream` drained once `tx` is durable. `at`: what it is woken for does not begin before."""


class StreamDriver(Dispatch, Protocol):
    """The driver for the program. tests/engine/cluster says what every driver promises."""

    def hint(self, stream: Stream) -> None:
        """Have `stream` drained soon."""

    def hint_all(self, streams: Iterable[Stream]) -> None:
        """Have every stream of `streams` drained soon."""
        for stream in streams:
            self.hint(stream)

    @property
    def waiting(self) -> int:
        """The number of waiting or drained streams, as far as this process knows."""

    def is_free(self) -> bool:
        """Whether a stream that is woken now is drained here, at once."""

    def stop(self) -> None:
        """Begin no further drain; `run` returns when those under way have ended."""

    async def run(self, drain: Drain, beat: Callable[[], None] = lambda: None) -> None:
        """Drain woken streams until `stop`, or until cancelled with all that runs then.

        `beat` is called again and again as long as there is room for one more drain.
        """


async def drained(drain: Drain, stream: Stream, clock: Clock) -> Millis | None:
    """Drain a stream once; when it is to be drained again, also after a fault."""
    try:
        with as_urgent_as(stream):
            return await drain(stream)
    except Exception:
        # The one place that may catch everything: a fault in one stream must not stop the others.
        # Whatever it had begun stays `sending` in the outbox and is settled by reading.
        log.exception("a drain failed; it is tried again")
        return clock.now() + _AFTER_A_FAULT


class InProcessDriver(StreamDriver):
    """The default driver: one process, a bounded number of drains at once.

    Of its places a quarter is for urgent streams alone: patient ones wait long for their turns at Discord.
    Its memory is bounded by the number of streams with open work: each stands at most once in `_ready`,
    `_due`, `_running` and `_again`, and `_later` holds at most twice as many entries as `_due`, and a few.
    """

    def __init__(self, *, clock: Clock, at_once: int = 32, divisor: float = 1.0) -> None:
        """`divisor` shortens how long what is patient lets others go first."""
        self._clock = clock
        self._at_once = at_once
        self._ready: UrgencyQueue[Stream] = UrgencyQueue(LATER / divisor)
        self._at_once_patient = max(at_once * 3 // 4, 1)
        self._later: list[tuple[Millis, Stream]] = []
        self._due: dict[Stream, Millis] = {}
        self._running: set[Stream] = set()
        self._again: set[Stream] = set()
        self._changed = asyncio.Event()
        self._driving = self._stopping = False

    def wake(self, tx: Transaction, stream: Stream, *, at: Millis = 0) -> None:
        """Have `stream` drained once `tx` is durable; at its time, for the first of all it is woken for."""
        tx.on_commit(lambda: self._hint_at(stream, at))

    def _hint_at(self, stream: Stream, at: Millis) -> None:
        # One that is drained now may have looked before this was there.
        if at <= self._clock.now() or stream in self._running:
            self.hint(stream)
        elif at < self._due.get(stream, at + 1):
            self._come_back(stream, at)
            self._changed.set()

    def hint(self, stream: Stream) -> None:
        """Have `stream` drained soon."""
        if stream in self._running:
            self._again.add(stream)
        else:
            self._is_ready(stream)
        self._changed.set()

    def _is_ready(self, stream: Stream) -> None:
        self._ready.add(stream, self._clock.now() / 1000, urgent=is_urgent(stream))

    @property
    def waiting(self) -> int:
        """The number of streams waiting or being drained now."""
        return len(self._ready) + len(self._running)

    def is_free(self) -> bool:
        """Whether a stream that is woken now is drained here, at once."""
        return self._driving and not self._stopping and self.waiting < self._at_once_patient

    def stop(self) -> None:
        """Begin no further drain; `run` returns when those under way have ended."""
        self._stopping = True
        self._changed.set()

    async def run(self, drain: Drain, beat: Callable[[], None] = lambda: None) -> None:
        """Drain woken streams until `stop`, or until cancelled with all that runs then.

        `beat` is called again and again as long as there is room for one more drain.
        """
        self._driving = True
        try:
            async with asyncio.TaskGroup() as tasks:
                await self._drive(drain, beat, tasks)
        finally:
            self._driving = False

    async def _drive(self, drain: Drain, beat: Callable[[], None], tasks: asyncio.TaskGroup) -> None:
        while not self._stopping:
            self._changed.clear()
            if len(self._running) < self._at_once:
                beat()
            self._promote()
            while len(self._running) < self._at_once and (stream := self._next()) is not None:
                self._ready.remove(stream)
                self._running.add(stream)
                tasks.create_task(self._drain(drain, stream), name=f"drain {stream}")
            await self._wait()

    def _next(self) -> Stream | None:
        patient = sum(not is_urgent(stream) for stream in self._running)
        return self._ready.first(urgent_only=patient >= self._at_once_patient)

    async def _drain(self, drain: Drain, stream: Stream) -> None:
        due: Millis | None = None
        try:
            due = await drained(drain, stream, self._clock)
        finally:
            self._running.discard(stream)
            if stream in self._again:
                self._again.discard(stream)
                self._is_ready(stream)
            elif due is not None:
                self._come_back(stream, due)
            self._changed.set()

    def _come_back(self, stream: Stream, due: Millis) -> None:
        if self._due.get(stream) == due:
            return
        self._due[stream] = due
        heapq.heappush(self._later, (due, stream))
        if len(self._later) > 2 * len(self._due) + _STALE_ENTRIES:
            self._later = [(when, known) for known, when in self._due.items()]
            heapq.heapify(self._later)

    def _promote(self) -> None:
        now = self._clock.now()
        while self._later and self._later[0][0] <= now:
            due, stream = heapq.heappop(self._later)
            if self._due.get(stream) == due:
                del self._due[stream]
                self.hint(stream)

    async def _wait(self) -> None:
        timeout = _BEAT_SECONDS
        if self._later:
            timeout = min(max(self._later[0][0] - self._clock.now(), 0) / 1000, timeout)
        try:
            async with asyncio.timeout(timeout):
                await self._changed.wait()
        except TimeoutError:
            return


def drain_by_prefix(
    drains: Mapping[str, Drain],
) -> Drain:
    """One drain for the driver: facts under `in:`, effects under every other prefix."""

    async def drain(stream: Stream) -> Millis | None:
        prefix = stream.split(":", 1)[0]
        return await drains.get(prefix, drains[""])(stream)

    return drain
