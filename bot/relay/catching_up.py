"""Holds facts after a start or a gap: old ones are told first (R7).

A creator's facts wait for the first sweep, but not for ever, and only while it gets on; then all are
decided in the order in which they happened. For a while live events are still held a moment, because
Fanvue delivers what piled up in any order. In memory: another start begins by catching up anyway.
"""

from collections.abc import Callable

from bot.relay.ports import Clock
from bot.relay.retry import Waits
from bot.relay.streams import facts_stream
from storage.records import CreatorId, Fact, Millis, Stream

_LIVE = "webhook"


class CatchingUp:
    """Asked before each decision. Bounded: two numbers and a flag for each linked creator."""

    def __init__(self, *, clock: Clock, waits: Waits, hint: Callable[[Stream], None]) -> None:
        """`hint` has a creator's facts looked at again."""
        self._clock = clock
        self._waits = waits
        self._hint = hint
        self._until: dict[CreatorId, Millis] = {}  # facts wait until then for a sweep to end
        self._calm: dict[CreatorId, Millis] = {}  # live events are held until then
        self._silent: set[CreatorId] = set()
        self.on_return: Callable[[CreatorId], None] = lambda _creator: None

    def begin(self, creator: CreatorId) -> None:
        """Something may be missing: let the sweep go first."""
        self._until[creator] = self._clock.now() + self._waits.catch_up

    def over(self, creator: CreatorId) -> None:
        """The sweep has found what it could find."""
        if self._until.pop(creator, None) is not None:
            self._calm[creator] = self._clock.now() + self._waits.calm
            self._hint(facts_stream(creator))

    def silent(self, creator: CreatorId) -> None:
        """Live events are missing; the next one says that they are back."""
        self._silent.add(creator)

    def heard(self, creator: CreatorId) -> None:
        """A live event came. After a silence the sweep goes first once more."""
        if creator in self._silent:
            self._silent.discard(creator)
            self.begin(creator)
            self.on_return(creator)

    def held_until(self, fact: Fact) -> Millis | None:
        """When to look at this fact again; None: decide it now."""
        now, creator = self._clock.now(), fact.creator
        until = self._until.get(creator)
        if until is not None:
            if now < until:
                return until
            self._calm[creator] = now + self._waits.calm
            del self._until[creator]
        calm = self._calm.get(creator)
        if calm is None:
            return None
        if now >= calm:
            del self._calm[creator]
            return None
        ripe = fact.received_at + self._waits.hold
        return ripe if fact.source == _LIVE and now < ripe else None
