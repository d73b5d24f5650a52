"""Whether a rule covers a moment, and where its day begins (pure)."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.text.moments import local_time
from bot.text.quiet_hours import quiet_for
from storage.people.draft_rules import DraftRule
from storage.records import Millis


@dataclass(frozen=True)
class _Hours:
    quiet_from: int | None
    quiet_to: int | None


def covers(rule: DraftRule, at: Millis, zone: ZoneInfo) -> bool:
    """Whether this moment lies in its hours."""
    if rule.begins == rule.ends:
        return True
    return quiet_for(_Hours(rule.begins, rule.ends), at, zone) > 0


def day_begun(at: Millis, zone: ZoneInfo) -> Millis:
    """The midnight before, as the creator's clocks show it."""
    day = local_time(at, zone).date()
    return int(datetime.combine(day, time(), zone).timestamp()) * 1000
