"""Discord's ids: a time in milliseconds and a counter in one growing number."""

from collections.abc import Callable
from datetime import UTC, datetime

EPOCH_MS = 1_420_070_400_000  # 2015-01-01, Discord's own epoch


class Snowflakes:
    """Makes ids that grow strictly, whatever the clock does."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """The clock answers with an aware UTC time."""
        self._clock = clock
        self._last = 0

    def new(self) -> int:
        """An id greater than every id before it."""
        stamp = (int(self._clock().timestamp() * 1000) - EPOCH_MS) << 22
        self._last = max(self._last + 1, stamp)
        return self._last


def iso(moment: datetime | None) -> str | None:
    """The time as Discord writes it, with microseconds and offset."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")
