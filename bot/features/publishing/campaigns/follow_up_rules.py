"""The times to tell a mass message's results, and what each look means (pure)."""

from dataclasses import dataclass

from bot.fanvue.models import MassMessageRow
from bot.features.publishing.campaigns.status_rules import CampaignStatus, standing, was_cancelled
from storage.records import Millis

HOUR: Millis = 3_600_000
STEPS = (("1 hour", HOUR), ("24 hours", 24 * HOUR), ("7 days", 7 * 24 * HOUR))
_ENDED = (CampaignStatus.FAILED, CampaignStatus.MODERATED)


@dataclass(frozen=True)
class FollowUpStep:
    """The result of a look. `say`: the news told now; None: nothing."""

    told: int
    due: Millis | None
    say: str | None = None


def after(row: MassMessageRow | None, told: int, *, launched: Millis, now: Millis) -> FollowUpStep:
    """The step that follows from Fanvue's list. Of several steps that are over only the last is told."""
    if row is None:
        return FollowUpStep(len(STEPS), None, "gone")
    state = standing(row)
    if state is CampaignStatus.UNSENT:
        return FollowUpStep(len(STEPS), None)  # whoever took it back was told
    if state in _ENDED:
        return FollowUpStep(len(STEPS), None, "ended")
    if state is CampaignStatus.SCHEDULED:
        return FollowUpStep(told, max(row.scheduled_at or now, now) + HOUR)
    began = row.published_at or row.created_at or launched
    over = sum(1 for _, span in STEPS if began + span <= now)
    if over <= told:
        return FollowUpStep(told, began + STEPS[told][1])
    return FollowUpStep(over, began + STEPS[over][1] if over < len(STEPS) else None, STEPS[over - 1][0])


def unlocks(row: MassMessageRow) -> tuple[int | None, int | None]:
    """How many got a priced one, and how many bought it; None: it has no price, or is not out."""
    counted = row.recipient_count is not None and row.purchase_count is not None
    if not row.price or not counted or standing(row) is CampaignStatus.SCHEDULED or was_cancelled(row):
        return None, None
    return row.recipient_count, row.purchase_count


def off(count: int | None, most: int | None, least: int | None) -> int | None:
    """By how many recipients it is off what the preview said; None: by up to 5 %, or by a single one."""
    if count is None:
        return None
    if most is not None and count - most > max(most / 20, 1):
        return count - most
    if least is not None and least - count > max(least / 20, 1):
        return count - least
    return None
