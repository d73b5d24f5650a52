"""Which days of Fanvue's list are read next: the newest first (pure).

Days are of UTC, because the list is asked for by moments and every zone's days are made of the same rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storage.earnings import ReadDay
from storage.records import Millis

DAY: Millis = 86_400_000
HOUR: Millis = 3_600_000
OFTEN: Millis = 5 * 60_000  # how old the present may be
BACK = 1096  # days: three years
WIDEST = 7  # days that are read at once where nothing is known of how much they hold
_MOST_DAYS = 92  # and where hardly anything is
_FEW = 50  # rows: one page
# Rows come late, and nets later. So old a day is, so old may what was read of it be.
_AGES = ((2, OFTEN), (4, HOUR), (35, 24 * HOUR))


@dataclass(frozen=True)
class Window:
    """Whole days of UTC, the last one included."""

    first: int
    last: int

    @property
    def since(self) -> Millis:
        return self.first * DAY

    @property
    def until(self) -> Millis:
        return (self.last + 1) * DAY

    def days(self) -> list[int]:
        """Every day, oldest first."""
        return list(range(self.first, self.last + 1))

    def singly(self) -> list["Window"]:
        """Each day for itself."""
        return [Window(day, day) for day in self.days()]

    def parts(self) -> list["Window"]:
        """As many days at once as are read at once, oldest first."""
        return [
            Window(first, min(first + WIDEST - 1, self.last))
            for first in range(self.first, self.last + 1, WIDEST)
        ]


def utc_day(at: Millis) -> int:
    """The day of UTC in which a moment lies."""
    return at // DAY


def whole(now: Millis) -> Window:
    """All that the ledger holds: three years."""
    return Window(utc_day(now) - BACK, utc_day(now))


def wider(days: int, rows: int) -> int:
    """How many days to read at once after so many had so many rows: twice as many, or as at the beginning."""
    return min(2 * days, _MOST_DAYS) if rows <= _FEW else WIDEST


def due(reads: Mapping[int, ReadDay], now: Millis, of: Window, *, widest: int = WIDEST) -> Iterator[Window]:
    """What has to be read of these days now, the newest first; at once at most `widest` days."""
    today = utc_day(now)
    wanted = [
        day for day in range(min(of.last, today), of.first - 1, -1) if _is_due(reads.get(day), day, now)
    ]
    while wanted:
        number = 1
        while number < min(len(wanted), widest) and wanted[number] == wanted[0] - number:
            number += 1
        yield Window(wanted[number - 1], wanted[0])
        wanted = wanted[number:]


def _is_due(read: ReadDay | None, day: int, now: Millis) -> bool:
    if read is None:
        return True
    age = utc_day(now) - day
    allowed = next((allowed for most, allowed in _AGES if age < most), None)
    settled = allowed is None or now - read.read_at < allowed
    return not settled
