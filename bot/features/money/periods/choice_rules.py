"""Days that somebody asks for, as far as what they see lets them choose.

Readers of figures in ranges choose among a few fixed spans: sums of days of one's own choice, taken off
each other, tell what the ranges are to hide.
"""

from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from bot.access.roles import MoneyView
from bot.features.money.periods.range_rules import (
    FIXED,
    DayRange,
    DayRangeNotUnderstood,
    fitting,
    is_fixed,
    offered,
    read_range,
)
from bot.features.money.periods.read_limit import FiguresUnavailable, PeriodTooExact
from bot.model.language import msgid, tr
from storage.records import Millis

_IN_RANGES = msgid(
    "You see ranges, and your own choice of days would reveal more. Choose today, "
    "yesterday, this or last week, month or year, or the last 7 or 30 days."
)


def asked(typed: str, now: Millis, zone: ZoneInfo, level: MoneyView) -> DayRange:
    """The days that were meant by somebody who sees figures so exactly. Raises FiguresUnavailable."""
    if level is not MoneyView.EXACT and not is_fixed(typed):
        raise PeriodTooExact(tr(_IN_RANGES))
    try:
        return read_range(typed, now, zone)
    except DayRangeNotUnderstood as refused:
        raise FiguresUnavailable(str(refused)) from refused


def offered_to(
    levels: Collection[MoneyView], typed: str, now: Millis, zone: ZoneInfo
) -> Sequence[tuple[str, str]]:
    """Days to offer while somebody types: only those answered about every creator who may be meant.

    `levels`: how exactly they see the figures of these.
    """
    if all(level is MoneyView.EXACT for level in levels):
        return offered(typed, now, zone)
    return fitting(typed, now, zone, FIXED) or fitting("", now, zone, FIXED)
