"""Subscribers in words and as a chart: by events, and by Fanvue itself (pure)."""

from collections.abc import Sequence

from bot.features.money.charts.model import BarChart, ChartColumn, ChartMark
from bot.features.money.periods.bands import Show, band
from bot.features.money.periods.date_words import days_between, short_weekday
from bot.features.money.periods.days import Days, day_of
from bot.features.money.periods.fanvue import CreatorSubscriberFigures
from bot.features.money.periods.subscription_moves import SubscriptionNumbers
from bot.features.money.subscribers.counting_rules import SubscriptionCounts, told_since
from bot.features.money.subscribers.gap_texts import SubscriptionSummary, notes
from bot.model.language import msgid, msgid_many, number_text, tr
from bot.model.ports import Post
from bot.text.moments import day_and_month
from bot.text.safe_text import one_line, safe
from storage.records import Link

_HANDLE = _WORD = 40
_LINKS = 5
_REASONS = {
    "not_renewed": msgid("not renewed"),
    "payment_failed": msgid("payment failed"),
    "user_banned": msgid("fan banned"),
    None: msgid("no reason given"),
}


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
        title=tr("Subscribers of {creator}, {period}", creator=_name(link), period=named),
        body=("\n".join(body),),
        small="\n".join(notes(heard, days, show)),
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
            tr("New"): one.began,
            tr("Renewed"): one.renewed,
            tr("Ended"): one.ended,
            tr("Renewal off"): one.off,
            # Translators: renewals that were switched on again.
            tr("On again"): one.on,
        }
        marks = tuple(_mark(number, show) for number in every.values())
        return BarChart(
            tr("Subscribers of @{handle}", handle=link.handle),
            small,
            tuple(every),
            (ChartColumn(tr("How many"), marks),),
        )
    known = [told_since(heard.since, part) for part, _ in rows]
    return BarChart(
        title=tr("Subscribers of @{handle}", handle=link.handle),
        small=small,
        labels=tuple(_label(part) for part, _ in rows),
        columns=(
            _column(tr("New"), [one.began for _, one in rows], known, show),
            _column(tr("Ended"), [one.ended for _, one in rows], known, show),
        ),
    )


def _changes(heard: SubscriptionSummary, show: Show) -> list[str]:
    one = heard.counted.numbers
    ended = tr("**{number}** ended", number=show.number(one.ended))
    if reasons := _reasons(heard.counted, show):
        ended += f" ({reasons})"
    off = tr(
        "Renewals switched off: **{off}**, on again: {on}.", off=show.number(one.off), on=show.number(one.on)
    )
    lines = [
        tr(
            "**{began}** new, **{renewed}** renewed, {ended}.",
            began=show.number(one.began),
            renewed=show.number(one.renewed),
            ended=ended,
        ),
        off,
        *_retention(heard, show),
    ]
    if links := _links(heard.counted, show):
        lines.append(tr("New ones by tracking link: {links}.", links=links))
    return lines


def _retention(heard: SubscriptionSummary, show: Show) -> list[str]:
    one = heard.retention
    if not one.due:
        lines = [tr("Retention: no renewal was due, as far as events show.")]
    elif show.note is None:
        lines = [
            tr(
                "Retention: {percent}% ({renewed} of {due} renewed)",
                percent=one.percent,
                renewed=number_text(one.renewed),
                due=number_text(one.due),
            )
        ]
    else:
        lines = [
            tr(
                "Of {due} due renewals, {renewed} renewed.",
                due=show.number(one.due),
                renewed=show.number(one.renewed),
            )
        ]
    if heard.unanswered:
        lines.append(
            tr("Due, but no event showed the result: {number}.", number=show.number(heard.unanswered))
        )
    return lines


def _reasons(told: SubscriptionCounts, show: Show) -> str:
    ordered = sorted(told.reasons.items(), key=lambda item: (-item[1], str(item[0])))
    words = [
        (tr(_REASONS.get(reason, "")) or safe(one_line(reason or "", _WORD)).replace("_", " "), number)
        for reason, number in ordered
    ]
    if show.note is not None:  # by their order alone they would say which is more
        return ", ".join(f"{word}: {show.number(number)}" for word, number in sorted(words))
    return ", ".join(f"{number_text(number)} {word}" for word, number in words)


def _links(told: SubscriptionCounts, show: Show) -> str:
    order = (lambda item: (-item[1], item[0])) if show.note is None else (lambda item: (0, item[0]))
    ordered = sorted(told.links.items(), key=order)
    parts = [f"{_address(link)} {show.number(number)}" for link, number in ordered[:_LINKS]]
    if len(ordered) > _LINKS:
        parts.append(tr("… and {number} more links", number=len(ordered) - _LINKS))
    return ", ".join(parts)


def _now(theirs: CreatorSubscriberFigures | str, show: Show) -> str:
    if isinstance(theirs, str):
        return tr("We don't know how many subscribe right now: {why}", why=theirs)
    if theirs.now is None:
        return tr("Fanvue doesn't give the number now.")
    # One is said as one only where the number is: a range must not tell it.
    return show.many(theirs.now, msgid_many("**{n}** subscriber now.", "**{n}** subscribers now."))


def _trend(theirs: CreatorSubscriberFigures, utc: Days, show: Show) -> str:
    inside = [point for point in theirs.trend if utc.first <= day_of(point.at, utc.zone) <= utc.last]
    began = _total([point.began for point in inside], show)
    cancelled = _total([point.cancelled for point in inside], show)
    if utc.first == utc.last:
        return tr(
            "Fanvue's own count (UTC day, {day}): {began} new, {cancelled} cancelled.",
            day=_span(utc),
            began=began,
            cancelled=cancelled,
        )
    return tr(
        "Fanvue's own count (UTC days, {days}): {began} new, {cancelled} cancelled.",
        days=_span(utc),
        began=began,
        cancelled=cancelled,
    )


def _total(numbers: Sequence[int | None], show: Show) -> str:
    told = [number for number in numbers if number is not None]
    total = show.number(sum(told))
    return total if len(told) == len(numbers) else tr("at least {number}", number=total)


def _mark(number: int, show: Show) -> ChartMark:
    size = number if show.note is None or not number else band(number)[1]
    return ChartMark(size, show.number(number))


def _column(name: str, numbers: Sequence[int], known: Sequence[bool], show: Show) -> ChartColumn:
    marks = [_mark(number, show) if told else None for number, told in zip(numbers, known, strict=True)]
    return ChartColumn(name, tuple(marks))


def _label(part: Days) -> str:
    if part.first == part.last:
        return f"{short_weekday(part.first)} {day_and_month(part.first)}"
    return tr("{first} to {last}", first=day_and_month(part.first), last=day_and_month(part.last))


def _span(days: Days) -> str:
    return days_between(days.first, days.last)


def _address(link: str) -> str:
    return safe(one_line(link.removeprefix("https://").removeprefix("www."), _WORD))


def _name(link: Link) -> str:
    return f"@{safe(one_line(link.handle, _HANDLE))}"
