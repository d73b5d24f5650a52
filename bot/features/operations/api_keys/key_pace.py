"""How much one key may ask for, so that Fanvue's limit stays with people."""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bot.model.ports import Clock
from storage.records import Millis

_MINUTE: Final[Millis] = 60_000
A_MINUTE: Final = 20
AT_ONCE: Final = 2


class KeyTooFast(Exception):
    """Raised with the seconds to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"This key asks too often: try again in {seconds} s.")
        self.seconds = seconds


class KeyPace:
    """Counts in memory, in each process; only of keys that are real, so it is small."""

    def __init__(self, clock: Clock, *, a_minute: int = A_MINUTE, at_once: int = AT_ONCE) -> None:
        self._clock = clock
        self._a_minute = a_minute
        self._at_once = at_once
        self._asked: dict[str, deque[Millis]] = {}
        self._now: Counter[str] = Counter()

    @contextmanager
    def turn(self, key: str) -> Iterator[None]:
        """One request lasts meanwhile. Raises KeyTooFast."""
        now = self._clock.now()
        asked = self._asked.setdefault(key, deque())
        while asked and asked[0] <= now - _MINUTE:
            asked.popleft()
        if len(asked) >= self._a_minute:
            raise KeyTooFast(-(-(asked[0] + _MINUTE - now) // 1000))
        if self._now[key] >= self._at_once:
            raise KeyTooFast(1)
        asked.append(now)
        self._now[key] += 1
        try:
            yield
        finally:
            self._now[key] -= 1
