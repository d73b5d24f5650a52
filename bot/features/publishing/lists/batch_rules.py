"""The number of fans in one call: halved where Fanvue says no (pure).

How many Fanvue takes at once is not known, and it says no in the same way to a fan whom it does not know. So
a refused call is made again in halves. If one of its fans is refused alone, that fan was to blame and
the old size holds again; if none is, the call was too large, and the largest that worked holds.
"""

import json
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True)
class BatchSize:
    """`until`: the last place of the refused call, whose size was `top`; 0: nothing was refused."""

    now: int
    top: int = 0
    until: int = 0
    best: int = 0  # the largest that worked since
    blamed: bool = False  # somebody was refused alone

    def past(self, place: int) -> "BatchSize":
        """The size for the fan at this place."""
        if not self.top or place <= self.until:
            return self
        return BatchSize(self.top if self.blamed else max(self.best, 1))

    def took(self, number: int) -> "BatchSize":
        """Fanvue took so many at once."""
        if not self.top:
            return self
        return replace(self, best=max(self.best, number), now=max(min(number * 2, self.top // 2), 1))

    def refused(self, number: int, last: int) -> "BatchSize":
        """Fanvue said no to so many at once, the last of whom is at this place."""
        if number == 1:
            return replace(self, blamed=True)
        if not self.top:
            return BatchSize(number // 2, number, last)
        return replace(self, now=number // 2)


def packed(size: BatchSize) -> str:
    return json.dumps(asdict(size))


def unpacked(kept: str) -> BatchSize:
    """Undo `packed`."""
    return BatchSize(**json.loads(kept))
