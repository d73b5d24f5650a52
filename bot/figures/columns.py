"""Days as bars of a picture: each its own, or weeks, or months (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from storage.records import Cents

WEEK = 7
_MOST_DAYS = 45  # as many bars as a phone shows apart
_MOST_WEEKS = 26


class By(StrEnum):
    """What one bar is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Bar:
    """What came in from a day on, up to the next bar; at either end not all of a week or month is there."""

    first: date
    gross: Cents


def bars(by_day: Mapping[date, Cents]) -> tuple[By, Sequence[Bar]]:
    """The bars, oldest first. Weeks begin on Monday."""
    days = len(by_day)
    by = By.DAY if days <= _MOST_DAYS else By.WEEK if days <= _MOST_WEEKS * WEEK else By.MONTH
    found: dict[date, list[Bar]] = {}
    for day, gross in by_day.items():
        found.setdefault(_place(day, by), []).append(Bar(day, gross))
    return by, [Bar(held[0].first, sum(one.gross for one in held)) for held in found.values()]


def label(bar: Bar, by: By, *, few: bool) -> str:
    """What stands below a bar, and names it in words; `few`: a weekday says enough."""
    if by is By.MONTH:
        return f"{bar.first:%b %Y}"
    return f"{bar.first:%a}" if few and by is By.DAY else f"{bar.first.day} {bar.first:%b}"


def _place(day: date, by: By) -> date:
    if by is By.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if by is By.WEEK else day
