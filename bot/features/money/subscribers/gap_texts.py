"""What is counted of subscribers, and the gaps in it in words (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.money.periods.bands import Show
from bot.features.money.periods.date_words import span_words
from bot.features.money.periods.days import Days, written
from bot.features.money.subscribers.counting_rules import SubscriptionCounts
from bot.features.money.subscribers.retention_rules import SubscriberRetention
from bot.features.money.subscribers.silence_rules import SubscriptionSilence
from bot.model.language import msgid, tr, tr_many
from bot.text.moments import lasting
from storage.records import Millis

_SILENCES = 3
_NEVER = msgid(
    "We haven't received renewal data for this creator yet. Tick the "
    "`creator.subscription` events in Fanvue's Developer Area."
)
_RANGES = msgid("The renewal rate is hidden because you see ranges only.")


@dataclass(frozen=True)
class SubscriptionSummary:
    """Events of some days. `since`: when they began to be kept, None: not yet; `live`: renewals
    and ends ever came; `unanswered`: due dates without a told outcome; `at`: now.
    """

    days: Days
    counted: SubscriptionCounts
    retention: SubscriberRetention
    unanswered: int
    since: Millis | None
    silences: Sequence[SubscriptionSilence]
    live: bool
    at: Millis


def notes(heard: SubscriptionSummary, days: Days, show: Show) -> list[str]:
    """The days that the figures are of, and what they lack."""
    said = [
        tr(
            "{days} ({zone}). As of {moment}.",
            days=span_words(days.first, days.last),
            zone=days.zone.key,
            moment=written(heard.at, days.zone),
        ),
        tr("Counted from live events, new ones also from Fanvue's lists; a due date counts once."),
    ]
    said += missing(heard)
    if show.note is not None:
        said.append(f"{show.note} {tr(_RANGES)}")
    return said


def missing(heard: SubscriptionSummary) -> Sequence[str]:
    """The gaps in the numbers of these days; nothing where there are none."""
    days, lacks = heard.days, []
    if heard.since is None:
        lacks.append(tr("No live events for this creator yet, so renewals and cancellations are missing."))
    elif heard.since > days.since:
        lacks.append(
            tr(
                "Subscriptions are recorded since {moment}: earlier ones are missing.",
                moment=written(heard.since, days.zone),
            )
        )
    if heard.since is not None and not heard.live:
        lacks.append(tr(_NEVER))
    if heard.silences:
        lacks.append(_silent(heard, days))
    return lacks


def _silent(heard: SubscriptionSummary, days: Days) -> str:
    told = []
    for one in heard.silences[:_SILENCES]:
        ends = heard.at if one.until is None else one.until
        told.append(
            tr(
                "{moment} for {length}",
                moment=written(one.since, days.zone),
                length=lasting(ends - one.since),
            )
        )
    more = len(heard.silences) - _SILENCES
    others = tr_many(", and {n} shorter time", ", and {n} shorter times", more) if more > 0 else ""
    return tr(
        "Silent from {times}{others}: some renewals or cancellations may be missing.",
        # Translators: between two times of which each is such as 24 Nov 2026, 09:05 for 3 h.
        times=tr("; from ").join(told),
        others=others,
    )
