"""The ledger in words: whether it agrees with Fanvue, and what does not (pure)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.features.money.ledger.comparison_rules import (
    GONE,
    NO_EVENT,
    NO_ROW,
    OTHER,
    SUM,
    UNCLEAR,
    UNEQUAL,
    LedgerDifference,
    LedgerReport,
    unpacked,
)
from bot.features.money.periods.bands import Show
from bot.features.money.periods.date_words import day_words, span_words
from bot.features.money.periods.days import Days, day_of, written
from bot.features.money.periods.texts import source_of
from bot.model.language import msgid, msgid_many, number_text, tr, tr_many
from bot.model.ports import Post
from bot.text.safe_text import one_line, safe
from storage.money.earning_checks import LedgerCheckRecord
from storage.records import Link

_DAY = timedelta(days=1)
_HANDLE = 40
_SHOWN = 12  # differences that fit into one answer
_GROUPS = {
    "subs": msgid("New subscriptions"),
    "messages": msgid("Paid messages"),
    "posts": msgid("Paid posts"),
    "tips": msgid("Tips"),
    "referrals": msgid("Referrals"),
    "renewals": msgid("Renewals"),
    OTHER: msgid("Other sources"),
}
_SUM_NET = msgid("- {source}, net: {ours} by the list, {theirs} by Fanvue's sum.")
_SUM_GROSS = msgid("- {source}, gross: {ours} by the list, {theirs} by Fanvue's sum.")
REBUILDING = msgid(
    "We are reading the whole ledger of @{handle} from Fanvue again, newest first. Until "
    "then the figures stay the same. Compare them with /money check."
)


def mark(checked: LedgerCheckRecord | None, days: Days, *, since_then: bool) -> str:
    """One sentence, without a figure: whether these days were compared whole, and what came of it.

    `since_then`: something of these days was told that the comparison cannot have seen.
    """
    if checked is None:
        return tr("Not compared with Fanvue yet.")
    found = unpacked(checked.body)
    when = f"{written(checked.at, days.zone)} ({_whole_days(found, days.zone)})"
    if found.since <= days.since and days.until <= found.until and not since_then:
        return tr("Compared with Fanvue on {when}: {outcome}.", when=when, outcome=_outcome(found))
    other = "" if found.agrees else f": {_outcome(found)}"
    if days.until <= found.since:
        return tr("Not compared with Fanvue. Last comparison on {when}{outcome}.", when=when, outcome=other)
    return tr("Not compared with Fanvue yet. Last comparison on {when}{outcome}.", when=when, outcome=other)


def _outcome(found: LedgerReport) -> str:
    number = len(found.differences)
    if number:
        return tr_many("{n} difference; see /money check", "{n} differences; see /money check", number)
    if not found.agrees:
        return tr("not everything could be compared; see /money check")
    return tr("all agree to the cent") if found.rows else tr("no earnings")


def _whole_days(found: LedgerReport, zone: ZoneInfo) -> str:
    """The days of this zone that lie in what was compared; the zone may have been another one then."""
    return span_words(day_of(found.since - 1, zone) + _DAY, day_of(found.until, zone) - _DAY)


def report(
    found: LedgerReport, checked: LedgerCheckRecord, *, link: Link, zone: ZoneInfo, show: Show
) -> Post:
    """The comparison, and each difference."""
    first, last = day_words(day_of(found.since, zone)), day_words(day_of(found.until - 1, zone))
    lines = [_difference(one, zone, show) for one in found.differences[:_SHOWN]]
    if len(found.differences) > _SHOWN:
        lines.append(tr("… and {number} more.", number=number_text(len(found.differences) - _SHOWN)))
    return Post(
        title=tr(
            "Ledger of @{handle}, {first} to {last}",
            handle=safe(one_line(link.handle, _HANDLE)),
            first=first,
            last=last,
        ),
        body=("\n".join((_verdict(found), *lines)),),
        small="\n".join(_notes(found, checked, zone, show)),
    )


def _verdict(found: LedgerReport) -> str:
    if found.agrees and not found.rows:
        return tr("**No earnings** in this time, by Fanvue's list and by its own sums.")
    if found.agrees:
        return tr("**All agree to the cent**: {compared}.", compared=_compared(found))
    if found.differences:
        return tr_many(
            "**{n} difference** between {compared}:",
            "**{n} differences** between {compared}:",
            len(found.differences),
            compared=_compared(found),
        )
    return tr(
        "What we could compare agrees: {compared}. We couldn't compare everything.", compared=_compared(found)
    )


def _compared(found: LedgerReport) -> str:
    if found.events_since is None:
        return tr_many(
            "{n} transaction of Fanvue's list, Fanvue's own sums",
            "{n} transactions of Fanvue's list, Fanvue's own sums",
            found.rows,
        )
    return tr_many(
        "{n} transaction of Fanvue's list, Fanvue's own sums and its live events",
        "{n} transactions of Fanvue's list, Fanvue's own sums and its live events",
        found.rows,
    )


def _difference(one: LedgerDifference, zone: ZoneInfo, show: Show) -> str:
    ours, theirs = show.money(one.ours), show.money(one.theirs)
    when = "" if one.at is None else f"{written(one.at, zone)}, "
    what = f"{when}{source_of(one.source)}"
    if one.kind == SUM:
        name = tr(_GROUPS.get(one.source, "")) or source_of(one.source)
        return tr(_SUM_NET if one.net else _SUM_GROSS, source=name, ours=ours, theirs=theirs)
    if one.kind == NO_ROW:
        return tr(
            "- {what}: reported live with {theirs}, not in Fanvue's list. It is not counted.",
            what=what,
            theirs=theirs,
        )
    if one.kind == NO_EVENT:
        return tr(
            "- {what}: {ours} in Fanvue's list, never reported live. It is counted.", what=what, ours=ours
        )
    if one.kind == UNCLEAR:
        return tr(
            "- {what}: {ours} in Fanvue's list, {theirs} live; we use the list.",
            what=what,
            ours=ours,
            theirs=theirs,
        )
    if one.kind == UNEQUAL:
        return tr(
            "- {what}: {ours} went back, {theirs} was paid. Fanvue refunds whole payments.",
            what=what,
            ours=ours,
            theirs=show.money(-one.theirs),
        )
    assert one.kind == GONE, "there is no other kind"
    return tr("- {what}: {theirs}, listed once but no longer. It is not counted.", what=what, theirs=theirs)


def _notes(found: LedgerReport, checked: LedgerCheckRecord, zone: ZoneInfo, show: Show) -> list[str]:
    notes = [
        tr(
            "{zone} time. Compared on {moment}; it runs automatically every night.",
            zone=zone.key,
            moment=written(checked.at, zone),
        ),
        tr(
            "Fanvue's sums are up to ten minutes old and leave out refunds: {amount} in this time.",
            amount=show.money(found.back),
        )
        if found.back
        else tr("Fanvue's sums are up to ten minutes old and leave out refunds."),
    ]
    if found.events_since is None:
        notes.append(
            tr("We never received live events about money for this creator, so they were not compared.")
        )
    elif found.events_since > found.since:
        notes.append(
            tr("Live events were compared from {moment} on.", moment=written(found.events_since, zone))
        )
    if found.alike:
        notes.append(
            tr(
                "{number} reported live look the same as others of the same minutes: we can't tell "
                "which is which, but the sums agree.",
                number=show.many(found.alike, msgid_many("{n} payment", "{n} payments")),
            )
        )
    if found.unreadable:
        notes.append(
            tr(
                "Rows of Fanvue's list that we couldn't read: {number}. They are missing.",
                number=number_text(found.unreadable),
            )
        )
    if found.without_net:
        notes.append(
            tr(
                "For {number} Fanvue gave no net yet.",
                number=show.many(found.without_net, msgid_many("{n} transaction", "{n} transactions")),
            )
        )
    if show.note is not None:
        notes.append(show.note)
    return notes
