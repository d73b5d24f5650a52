"""Keeps values read a moment ago in memory for the next reader."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from bot.model.ports import Clock
from storage.records import Millis

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_LASTS: Millis = 60_000
_MOST = 64


class ReadCache(Generic[K, V]):
    """At most so many, the oldest leaves first; none for longer than it lasts: a minute, or as said."""

    def __init__(self, clock: Clock, *, most: int = _MOST, lasts: Millis = _LASTS) -> None:
        self._clock = clock
        self._most = most
        self._lasts = lasts
        self._kept: OrderedDict[K, tuple[Millis, V]] = OrderedDict()

    def put(self, key: K, value: V) -> None:
        """In the place of what was there."""
        self._kept[key] = self._clock.now(), value
        self._kept.move_to_end(key)
        oldest = self._clock.now() - self._lasts
        while len(self._kept) > self._most or next(iter(self._kept.values()))[0] < oldest:
            self._kept.popitem(last=False)

    def get(self, key: K) -> V | None:
        """Return the last value, if it is not long ago."""
        at, value = self._kept.get(key, (0, None))
        if value is None or self._clock.now() > at + self._lasts:
            self._kept.pop(key, None)
            return None
        return value

    def take(self, key: K) -> V | None:
        """The same, and it is there no longer."""
        found = self.get(key)
        self._kept.pop(key, None)
        return found
