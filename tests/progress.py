"""How far a long proof is: lines on stderr, each with the seconds since its start."""

import sys
import time
from collections.abc import Callable

Say = Callable[[str], None]

_EVERY = 10.0


class Progress:
    """Called with a line it says it; `now_and_then` says one only when ten seconds have passed since."""

    def __init__(self) -> None:
        self._begun = self._last = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since it was made."""
        return round(time.monotonic() - self._begun, 1)

    def __call__(self, line: str) -> None:
        """Say it now."""
        self._last = time.monotonic()
        print(f"{self.seconds:6.1f} s  {line}", file=sys.stderr, flush=True)

    def now_and_then(self, line: str) -> None:
        """For whoever calls it at every step."""
        if time.monotonic() - self._last >= _EVERY:
            self(line)


def silent(_line: str) -> None:
    """For whoever does not want to hear it."""
