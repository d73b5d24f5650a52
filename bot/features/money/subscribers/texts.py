"""Subscribers in words and as a chart: by events, and by Fanvue itself (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.money.charts.model import BarChart, ChartColumn, ChartMark
from bot.features.money.periods.bands import Show, band
from bot.features.money.periods.days import Days, day_of, written
from bot.features.money.periods.fanvue import CreatorSubscriberFigures
from bot.features.money.periods.range_ends import day_words, span_words
from bot.features.money.periods.subscription_moves import SubscriptionNumbers
from bot.features.money.subscribers.counting_rules import SubscriptionCounts, told_since
from bot.features.money.subscribers.retention_rules import SubscriberRetention
from bot.features.money.subscribers.silence_rules import SubscriptionSilence
from bot.model.ports import Post
from bot.text.moments import lasting
from bot.text.safe_text import one_line, safe
from storage.records import Link, Millis

_HANDLE = _WORD = 40
_LINKS = 5
_SILENCES = 3
_REASONS = {
    "not_renewed": "not renewed",
    "payment_failed": "payment failed",
    "user_banned": "fan banned",
    None: "no reason given",
}
_NEVER = (
    "We haven't received renewal data for this creator yet. Tick the `creator.subscription` events "
    "in Fanvue's Developer Area."
)
_BEFORE = "earlier ones are missing."
_RANGES = "The renewal rate is hidden because you see ranges only."


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


def subscribers(
    heard: SubscriptionSummary,
    theirs: CreatorSubscriberFigures | str,
    both: tuple[Days, Days],
    named: str,
    link: Link,
    show: Show,
) -> Post:
    """`theirs`: Fanvue's own figures, or why there are none; `both`: the days, and the same of UTC."""
    days, utc = both
    body = [_now(theirs, show), *_changes(heard, show)]
    if not isinstance(theirs, str):
        body.append(_trend(theirs, utc, show))
    return Post(
        title=f"Subscribers of {_name(link)}, {named}",
        body=("\n".join(body),),
        small="\n".join(_notes(heard, days, show)),
    )


def chart(
    rows: Sequence[tuple[Days, SubscriptionNumbers]], heard: SubscriptionSummary, link: Link, show: Show
) -> BarChart:
    """New and ended for each day or week; of one day everything that is counted."""
    span = _span(heard.days)
    small = f"{span}, {heard.days.zone.key}"
    if len(rows) == 1:
        one = rows[0][1]
        every = {
            "New": one.began,
            "Renewed": one.renewed,
            "Ended": one.ended,
            "Renewal off": one.off,
            "On again": one.on,
        }
        marks = tuple(_mark(number, show) for number in every.values())
        return BarChart(
            f"Subscribers of @{link.handle}", small, tuple(every), (ChartColumn("How many", marks),)
        )
    known = [told_since(heard.since, part) for part, _ in rows]
    return BarChart(
        title=f"Subscribers of @{link.handle}",
        small=small,
        labels=tuple(_label(part) for part, _ in rows),
        columns=(
            _column("New", [one.began for _, one in rows], known, show),
            _column("Ended", [one.ended for _, one in rows], known, show),
        ),
    )


def _changes(heard: SubscriptionSummary, show: Show) -> list[str]:
    one = heard.counted.numbers
    ended = f"**{show.number(one.ended)}** ended"
    if reasons := _reasons(heard.counted, show):
        ended += f" ({reasons})"
    off = f"Renewals switched off: **{show.number(one.off)}**, on again: {show.number(one.on)}."
    lines = [
        f"**{show.number(one.began)}** new, **{show.number(one.renewed)}** renewed, {ended}.",
        off,
        *_retention(heard, show),
    ]
    if links := _links(heard.counted, show):
        lines.append(f"New ones by tracking link: {links}.")
    return lines


def _retention(heard: SubscriptionSummary, show: Show) -> list[str]:
    one = heard.retention
    if not one.due:
        lines = ["Retention: no renewal was due, as far as events show."]
    elif show.note is None:
        lines = [f"Retention: {one.percent}% ({one.renewed:,} of {one.due:,} renewed)"]
    else:
        lines = [f"Of {show.number(one.due)} due renewals, {show.number(one.renewed)} renewed."]
    if heard.unanswered:
        lines.append(f"Due, but no event showed the result: {show.number(heard.unanswered)}.")
    return lines


def _reasons(told: SubscriptionCounts, show: Show) -> str:
    ordered = sorted(told.reasons.items(), key=lambda item: (-item[1], str(item[0])))
    words = [
        (_REASONS.get(reason) or safe(one_line(reason or "", _WORD)).replace("_", " "), number)
        for reason, number in ordered
    ]
    if show.note is not None:  # by their order alone they would say which is more
        return ", ".join(f"{word}: {show.number(number)}" for word, number in sorted(words))
    return ", ".join(f"{number:,} {word}" for word, number in words)


def _links(told: SubscriptionCounts, show: Show) -> str:
    order = (lambda item: (-item[1], item[0])) if show.note is None else (lambda item: (0, item[0]))
    ordered = sorted(told.links.items(), key=order)
    parts = [f"{_address(link)} {show.number(number)}" for link, number in ordered[:_LINKS]]
    if len(ordered) > _LINKS:
        parts.append(f"… and {len(ordered) - _LINKS} more links")
    return ", ".join(parts)


def _now(theirs: CreatorSubscriberFigures | str, show: Show) -> str:
    if isinstance(theirs, str):
        return f"We don't know how many subscribe right now: {theirs}"
    told = (
        "Fanvue doesn't give the number"
        if theirs.now is None
        else f"**{show.number(theirs.now)}** {_subscribers(theirs.now, show)}"
    )
    return f"{told} now."


def _subscribers(number: int, show: Show) -> str:
    """One is said as one only where the number is: a range must not tell it."""
    return "subscriber" if number == 1 and show.note is None else "subscribers"


def _trend(theirs: CreatorSubscriberFigures, utc: Days, show: Show) -> str:
    inside = [point for point in theirs.trend if utc.first <= day_of(point.at, utc.zone) <= utc.last]
    began = _total([point.began for point in inside], show)
    cancelled = _total([point.cancelled for point in inside], show)
    kind = "UTC day" if utc.first == utc.last else "UTC days"
    return f"Fanvue's own count ({kind}, {_span(utc)}): {began} new, {cancelled} cancelled."


def _total(numbers: Sequence[int | None], show: Show) -> str:
    told = [number for number in numbers if number is not None]
    total = show.number(sum(told))
    return total if len(told) == len(numbers) else f"at least {total}"


# ── what the figures are of, and what they lack ──


def _notes(heard: SubscriptionSummary, days: Days, show: Show) -> list[str]:
    notes = [
        f"{span_words(days.first, days.last)} ({days.zone.key}). As of {written(heard.at, days.zone)}.",
        "Counted from live events, new ones also from Fanvue's lists; a due date counts once.",
    ]
    notes += missing(heard)
    if show.note is not None:
        notes.append(f"{show.note} {_RANGES}")
    return notes


def missing(heard: SubscriptionSummary) -> Sequence[str]:
    """The gaps in the numbers of these days; nothing where there are none."""
    days, lacks = heard.days, []
    if heard.since is None:
        lacks.append("No live events for this creator yet, so renewals and cancellations are missing.")
    elif heard.since > days.since:
        lacks.append(f"Subscriptions are recorded since {written(heard.since, days.zone)}: {_BEFORE}")
    if heard.since is not None and not heard.live:
        lacks.append(_NEVER)
    if heard.silences:
        lacks.append(_silent(heard, days))
    return lacks


def _silent(heard: SubscriptionSummary, days: Days) -> str:
    told = []
    for one in heard.silences[:_SILENCES]:
        ends = heard.at if one.until is None else one.until
        told.append(f"{written(one.since, days.zone)} for {lasting(ends - one.since)}")
    more = len(heard.silences) - _SILENCES
    others = f", and {more} shorter time{'' if more == 1 else 's'}" if more > 0 else ""
    return f"Silent from {'; from '.join(told)}{others}: some renewals or cancellations may be missing."


def _mark(number: int, show: Show) -> ChartMark:
    size = number if show.note is None or not number else band(number)[1]
    return ChartMark(size, show.number(number))


def _column(name: str, numbers: Sequence[int], known: Sequence[bool], show: Show) -> ChartColumn:
    marks = [_mark(number, show) if told else None for number, told in zip(numbers, known, strict=True)]
    return ChartColumn(name, tuple(marks))


def _label(part: Days) -> str:
    if part.first == part.last:
        return f"{part.first:%a} {part.first.day} {part.first:%b}"
    return f"{part.first.day} {part.first:%b} to {part.last.day} {part.last:%b}"


def _span(days: Days) -> str:
    first, last = day_words(days.first), day_words(days.last)
    return first if days.first == days.last else f"{first} to {last}"


def _address(link: str) -> str:
    return safe(one_line(link.removeprefix("https://").removeprefix("www."), _WORD))


def _name(link: Link) -> str:
    return f"@{safe(one_line(link.handle, _HANDLE))}"
