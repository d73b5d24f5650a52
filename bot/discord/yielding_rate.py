"""How many calls a second are ours: fewer while others use the same bot."""

from collections.abc import Sequence
from typing import Final

PER_SECOND: Final = 40.0  # of Discord's fifty, where others are there
RATES: Final = (48.0, PER_SECOND, 30.0, 20.0)  # nobody else was seen; and each time that somebody was
_QUIET, _LONGEST = 60.0, 1800.0  # seconds without them, after which a step back is tried


class YieldingRate:
    """One bot's, for one process."""

    def __init__(self, second: float, rates: Sequence[float] = RATES) -> None:
        """`second`: how long one of Discord's takes; `rates`: from the highest to the lowest."""
        self._second, self._rates = second, rates
        self._place = 0
        self._seen: float | None = None
        self._quiet = _QUIET
        self._until = 0.0

    def per_second(self, now: float) -> float:
        """Calls in a second of Discord's."""
        while self._place and now >= self._until:
            self._place -= 1
            self._until += self._quiet * self._second
        return self._rates[self._place]

    def others_seen(self, now: float) -> None:
        """One step down. Where they are seen again soon after a step up, the next one is tried later."""
        since = None if self._seen is None else (now - self._seen) / self._second
        if since is not None and since < 1:
            return  # the same moment, told to each call that was on its way
        self.per_second(now)
        again = since is not None and since < 2 * self._quiet
        self._quiet = min(2 * self._quiet, _LONGEST) if again else _QUIET
        self._seen, self._until = now, now + self._quiet * self._second
        self._place = min(self._place + 1, len(self._rates) - 1)
