"""The times that are offered for snoozing a fan (pure)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.model.language import tr
from bot.text.deferral_times import EVENING, NEXT_WEEK, TOMORROW, TONIGHT
from bot.text.moments import local_time
from storage.records import Millis


def offered(now: Millis, zone: ZoneInfo) -> Sequence[tuple[str, str]]:
    """The choices at that time: words, and the text that is read later."""
    found = [(tr("For 1 hour"), "in 1 hour"), (tr("For 3 hours"), "in 3 hours")]
    if local_time(now, zone).hour < EVENING:
        found.append((tr("Until tonight, {evening}:00", evening=EVENING), TONIGHT))
    found.append((tr("Until tomorrow, 9:00"), TOMORROW))
    found.append((tr("Until Monday, 9:00"), NEXT_WEEK))
    return found
