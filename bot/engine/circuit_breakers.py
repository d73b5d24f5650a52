"""Stops knocking where a creator's calls fail in a row; one tries for all (R21).

One breaker for each creator and network: a creator has one link, so on the Fanvue side that is the
link and the host; on the Discord side it is the creator's part of a server. It counts ends that are
Refused or Unknown; any sign that the other side works closes it again. It lives in memory: after
a restart five more failures open it again.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.engine.retry import RetryWaits
from bot.model.ports import Clock
from storage.records import CreatorId, Effect, Millis, Stream

log = logging.getLogger(__name__)

_IN_A_ROW = 5


@dataclass
class _CircuitBreaker:
    failures: int = 0
    wait: Millis = 0  # how long it was opened for last; 0: it is closed
    until: Millis = 0  # open until then, and from then on half open
    probe_until: Millis = 0  # one attempt is under way; should nobody tell how it ended, until then
    held: set[Stream] = field(default_factory=set)  # what was told to wait meanwhile


class CircuitBreakers:
    """Asked before each attempt, told after it. One record a creator and network, and whom it holds."""

    def __init__(self, *, clock: Clock, waits: RetryWaits) -> None:
        self._clock = clock
        self._first, self._longest = waits.breaker
        self._breakers: dict[tuple[CreatorId, str], _CircuitBreaker] = {}

    @property
    def any_open(self) -> bool:
        """Whether `is_open` may be true of anything."""
        return any(breaker.wait for breaker in self._breakers.values())

    def is_open(self, effect: Effect) -> bool:
        """Whether an effect may have to wait: `closed_from` says until when, and who is the probe."""
        breaker = self._breakers.get((effect.creator, effect.network))
        return breaker is not None and breaker.wait > 0

    def closed_from(self, effect: Effect) -> Millis | None:
        """Return when it may be attempted; None: now. The first to ask when it is time is the probe."""
        breaker = self._breakers.get((effect.creator, effect.network))
        if breaker is None or breaker.wait == 0:
            return None
        now, later = self._clock.now(), max(breaker.until, breaker.probe_until)
        if now < later:
            breaker.held.add(effect.stream)
            return later
        breaker.probe_until = now + self._first
        return None

    def worked(self, effect: Effect) -> Collection[Stream]:
        """The other side did it, or said clearly that there is nothing to do. Who need not wait any more."""
        breaker = self._breakers.pop((effect.creator, effect.network), None)
        return breaker.held if breaker else ()

    def failed(self, effect: Effect) -> None:
        """It was refused, or nobody knows."""
        if not effect.creator:
            return  # the answer of a command that is about no creator
        breaker = self._breakers.setdefault((effect.creator, effect.network), _CircuitBreaker())
        breaker.failures += 1
        if breaker.wait or breaker.failures >= _IN_A_ROW:
            self._open(breaker, effect)

    def waits(self, effect: Effect) -> None:
        """It was surely not sent. For a probe that means: not yet."""
        breaker = self._breakers.get((effect.creator, effect.network))
        if breaker is not None and breaker.wait:
            self._open(breaker, effect)

    def _open(self, breaker: _CircuitBreaker, effect: Effect) -> None:
        now = self._clock.now()
        if now < breaker.until:
            return  # it was under way already when the breaker opened
        breaker.wait = min(breaker.wait * 2, self._longest) if breaker.wait else self._first
        breaker.until = now + breaker.wait
        breaker.probe_until = 0
        log.warning("%s failed so often in a row that it is left alone for a while", effect.network)
