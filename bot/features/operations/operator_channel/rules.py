"""When a check that fails is a problem, and when the problem is over (pure)."""

from collections.abc import Mapping
from typing import Final

LOOKS: Final = 3  # in a row: a reconnect, or a part that is started again, wakes nobody


class ProblemWatch:
    """Told of every look; a check is a problem after some that found something, until as many did not."""

    def __init__(self) -> None:
        self._streaks: dict[str, int] = {}  # looks in a row that say otherwise than `open`
        self.open: frozenset[str] = frozenset()
        self.over: frozenset[str] = frozenset()  # was well in as many looks, whatever was before the first

    def look(self, failed: Mapping[str, bool]) -> None:
        """One look at all checks."""
        for name, badly in failed.items():
            streak = self._streaks.get(name, 0)
            self._streaks[name] = min(streak, 0) - 1 if badly else max(streak, 0) + 1
        self.open = (self.open | self._after(-LOOKS)) - self._after(LOOKS)
        self.over = self._after(LOOKS)

    def _after(self, looks: int) -> frozenset[str]:
        side = 1 if looks > 0 else -1
        return frozenset(name for name, streak in self._streaks.items() if streak * side >= abs(looks))
