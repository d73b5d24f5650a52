"""The records of some days, read once for everybody who counts subscriptions."""

from dataclasses import dataclass

from bot.features.money.periods.days import Days
from bot.features.money.periods.subscription_moves import SubscriptionMoves
from bot.features.money.subscribers.counting_rules import counted
from bot.features.money.subscribers.gap_texts import SubscriptionSummary, missing
from bot.features.money.subscribers.retention_rules import EARLY, TOGETHER, retention
from bot.features.money.subscribers.silence_rules import silences
from bot.model.ports import Clock
from storage.database import Transaction
from storage.inbox import watermarks
from storage.money import subscription_changes
from storage.money.subscription_changes import SubscriptionEvent
from storage.operations import gaps
from storage.operations.gaps import EventGap
from storage.records import CreatorId, Millis

_KINDS = ("subscription.renewed", "subscription.deactivated", "subscription.renewal_changed")


@dataclass(frozen=True)
class SubscriptionRecords:
    """Lines of the database. `since`, `live` and `unanswered` as in `SubscriptionSummary`."""

    changes: tuple[SubscriptionEvent, ...]
    due: tuple[SubscriptionEvent, ...]
    unanswered: int
    since: Millis | None
    gaps: tuple[EventGap, ...]
    live: bool


class SubscriptionCounter:
    """Counts for features without own figures, as `/money subscribers show` does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def of(self, tx: Transaction, creator: CreatorId, days: Days) -> SubscriptionMoves:
        """Count subscriptions begun, renewed, ended."""
        now = self._clock.now()
        heard = heard_of(await kept_of(tx, creator, days, now), days, now)
        whole = heard.since is not None and heard.since <= days.since
        return SubscriptionMoves(heard.counted.numbers, whole, lacking=bool(missing(heard)))


async def kept_of(tx: Transaction, creator: CreatorId, days: Days, now: Millis) -> SubscriptionRecords:
    """Everything that these days are counted from."""
    until = min(days.until, now)
    heard = await watermarks.heard_of(tx, creator)
    return SubscriptionRecords(
        changes=tuple(await subscription_changes.between(tx, creator, since=days.since, until=days.until)),
        due=tuple(
            await subscription_changes.due_between(
                tx, creator, since=days.since - TOGETHER, until=days.until + TOGETHER
            )
        ),
        unanswered=await subscription_changes.unanswered(
            tx, creator, since=days.since, until=max(min(until, now - EARLY), days.since)
        ),
        since=await subscription_changes.kept_since(tx, creator),
        gaps=tuple(await gaps.touching(tx, creator, since=days.since, until=until)),
        live=any(kind in heard for kind in _KINDS),
    )


def heard_of(kept: SubscriptionRecords, days: Days, now: Millis) -> SubscriptionSummary:
    until = min(days.until, now + 1)
    begins = days.since if kept.since is None else max(days.since, kept.since)
    return SubscriptionSummary(
        days=days,
        counted=counted(kept.changes, days),
        retention=retention(kept.due, since=begins, until=until),
        unanswered=kept.unanswered,
        since=kept.since,
        silences=tuple(silences(kept.gaps, since=begins, until=until, now=now)),
        live=kept.live,
        at=now,
    )
