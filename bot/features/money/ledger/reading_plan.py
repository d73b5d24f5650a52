"""Plans the reads of Fanvue's list by day: the newest first (pure).

Days are of UTC, because the list is asked for by moments and every zone's days are made of the same rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.money.earnings import ReadDay
from storage.records import Millis

DAY: Millis = 86_400_000
HOUR: Millis = 3_600_000
OFTEN: Millis = 5 * 60_000  # how old the present may be
BACK = 1096  # days: three years
WIDEST = 7  # days that are read at once where nothing is known of how much they hold
_MOST_DAYS = 92  # and where hardly anything is
_FEW = 50  # rows: one page
HELD = 500  # rows of several days that are held at once: ten pages, for which others wait
# Rows come late, and nets later. So old a day is, so old may what was read of it be.
_AGES = ((2, OFTEN), (4, HOUR), (35, 24 * HOUR))


@dataclass(frozen=True)
class LedgerWindow:
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

    def singly(self) -> list["LedgerWindow"]:
        return [LedgerWindow(day, day) for day in self.days()]


def utc_day(at: Millis) -> int:
    """The day of UTC in which a moment lies."""
    return at // DAY


def whole(now: Millis) -> LedgerWindow:
    """All that the ledger holds: three years."""
    return LedgerWindow(utc_day(now) - BACK, utc_day(now))


def wider(days: int, rows: int) -> int:
    """The days to read at once after so many had so many rows: twice as many while rows are few.

    With more rows, at most as many as are held at once, if the next days hold as much.
    """
    if rows <= _FEW:
        return min(2 * days, _MOST_DAYS)
    return max(1, min(WIDEST, 2 * days, HELD * days // rows))


def narrower(days: int) -> int:
    """The days to read at once after so many turned out to hold too much."""
    return WIDEST if days > WIDEST else 1


def most_of(window: LedgerWindow) -> int | None:
    """The rows of these days to read before it is too much; None: one day is read whole.

    Far apart days are read together because they were thought to hold one page.
    """
    days = window.last - window.first + 1
    return None if days == 1 else HELD if days <= WIDEST else _FEW


def due(reads: Mapping[int, ReadDay], now: Millis, of: LedgerWindow) -> list[int]:
    """The days that have to be read of these now, the newest first."""
    today = utc_day(now)
    return [day for day in range(min(of.last, today), of.first - 1, -1) if _is_due(reads.get(day), day, now)]


def first_of(wanted: Sequence[int], widest: int) -> LedgerWindow:
    """The newest of these days (there is one, newest first), with at most so many that border on it."""
    number = 1
    while number < min(len(wanted), widest) and wanted[number] == wanted[0] - number:
        number += 1
    return LedgerWindow(wanted[number - 1], wanted[0])


def _is_due(read: ReadDay | None, day: int, now: Millis) -> bool:
    if read is None:
        return True
    age = utc_day(now) - day
    allowed = next((allowed for most, allowed in _AGES if age < most), None)
    settled = allowed is None or now - read.read_at < allowed
    return not settled
