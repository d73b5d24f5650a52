"""Holds facts after a start or a gap: old ones are told first (R7).

A creator's facts wait for the first sweep, but not for ever, and only while it gets on; then all are
decided in the order in which they happened. For a while live events are still held a moment, because
Fanvue delivers what piled up in any order. In memory: another start begins by catching up anyway.
"""

from collections.abc import Callable
from typing import Protocol

from bot.engine.retry import RetryWaits
from bot.engine.streams import facts_stream
from bot.model.ports import Clock
from storage.database import Transaction
from storage.records import CreatorId, Fact, Millis, Stream

_LIVE = "webhook"


class CatchUpHold(Protocol):
    """Asked before each decision; where several processes share the work, `bot.engine.cluster` has it."""

    on_return: Callable[[CreatorId], None]  # live events are back, and this process has heard the first

    async def begin(self, creator: CreatorId) -> None:
        """Something may be missing: let the sweep go first."""

    async def over(self, creator: CreatorId) -> None:
        """The sweep has found what it could find."""

    async def silent(self, tx: Transaction, creator: CreatorId) -> None:
        """Live events are missing; the next one says that they are back."""

    async def heard(self, tx: Transaction, creator: CreatorId) -> None:
        """A live event came. After a silence the sweep goes first once more."""

    async def returned(self) -> list[CreatorId]:
        """Of whom another process has heard that live events are back; each is said once."""

    async def held_until(self, fact: Fact) -> Millis | None:
        """Return when to look again; None: decide it now."""


class LocalCatchUpHold:
    """See `CatchUpHold`, of one process. Bounded: two numbers and a flag for each linked creator."""

    def __init__(self, *, clock: Clock, waits: RetryWaits, hint: Callable[[Stream], None]) -> None:
        """`hint` has a creator's facts looked at again."""
        self._clock = clock
        self._waits = waits
        self._hint = hint
        self._until: dict[CreatorId, Millis] = {}  # facts wait until then for a sweep to end
        self._calm: dict[CreatorId, Millis] = {}  # live events are held until then
        self._silent: set[CreatorId] = set()
        self.on_return: Callable[[CreatorId], None] = lambda _creator: None

    async def begin(self, creator: CreatorId) -> None:
        """See `CatchUpHold`, as everywhere here."""
        self._begin(creator)

    async def over(self, creator: CreatorId) -> None:
        if self._until.pop(creator, None) is not None:
            self._calm[creator] = self._clock.now() + self._waits.calm
            self._hint(facts_stream(creator))

    async def silent(self, tx: Transaction, creator: CreatorId) -> None:
        tx.on_commit(lambda: self._silent.add(creator))

    async def heard(self, tx: Transaction, creator: CreatorId) -> None:
        tx.on_commit(lambda: self._heard(creator))

    async def returned(self) -> list[CreatorId]:
        return []  # `on_return` has said it

    async def held_until(self, fact: Fact) -> Millis | None:
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
        return ripe(fact, now=now, hold=self._waits.hold)

    def _begin(self, creator: CreatorId) -> None:
        self._until[creator] = self._clock.now() + self._waits.catch_up

    def _heard(self, creator: CreatorId) -> None:
        if creator in self._silent:
            self._silent.discard(creator)
            self._begin(creator)
            self.on_return(creator)


def ripe(fact: Fact, *, now: Millis, hold: Millis) -> Millis | None:
    """Return when to decide a fact for which older ones may come: live ones are held a moment."""
    until = fact.received_at + hold
    return until if fact.source == _LIVE and now < until else None
