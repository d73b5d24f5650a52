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
    LedgerDifference,
    LedgerReport,
    unpacked,
)
from bot.features.money.periods.bands import Show
from bot.features.money.periods.days import Days, day_of, written
from bot.features.money.periods.range_ends import day_words, span_words
from bot.features.money.periods.texts import source_of
from bot.model.ports import Post
from bot.text.safe_text import one_line, safe
from storage.money.earning_checks import LedgerCheckRecord
from storage.records import Link

_DAY = timedelta(days=1)
_HANDLE = 40
_SHOWN = 12  # differences that fit into one answer
_GROUPS = {
    "subs": "New subscriptions",
    "messages": "Paid messages",
    "posts": "Paid posts",
    "tips": "Tips",
    "referrals": "Referrals",
    "renewals": "Renewals",
    OTHER: "Other sources",
}
REBUILDING = (
    "We are reading the whole ledger of @{handle} from Fanvue again, newest first. Until then the "
    "figures stay the same. Compare them with /money check."
)


def mark(checked: LedgerCheckRecord | None, days: Days, *, since_then: bool) -> str:
    """One sentence, without a figure: whether these days were compared whole, and what came of it.

    `since_then`: something of these days was told that the comparison cannot have seen.
    """
    if checked is None:
        return "Not compared with Fanvue yet."
    found = unpacked(checked.body)
    when = f"{written(checked.at, days.zone)} ({_whole_days(found, days.zone)})"
    if found.since <= days.since and days.until <= found.until and not since_then:
        return f"Compared with Fanvue on {when}: {_outcome(found)}."
    yet = "" if days.until <= found.since else " yet"
    other = "" if found.agrees else f": {_outcome(found)}"
    return f"Not compared with Fanvue{yet}. Last comparison on {when}{other}."


def _outcome(found: LedgerReport) -> str:
    number = len(found.differences)
    if number:
        return f"{number:,} difference{'' if number == 1 else 's'}; see /money check"
    if not found.agrees:
        return "not everything could be compared; see /money check"
    return "all agree to the cent" if found.rows else "no earnings"


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
        lines.append(f"… and {len(found.differences) - _SHOWN:,} more.")
    return Post(
        title=f"Ledger of @{safe(one_line(link.handle, _HANDLE))}, {first} to {last}",
        body=("\n".join((_verdict(found), *lines)),),
        small="\n".join(_notes(found, checked, zone, show)),
    )


def _verdict(found: LedgerReport) -> str:
    if found.agrees and not found.rows:
        return "**No earnings** in this time, by Fanvue's list and by its own sums."
    if found.agrees:
        return f"**All agree to the cent**: {_compared(found)}."
    if found.differences:
        number = len(found.differences)
        return f"**{number:,} difference{'' if number == 1 else 's'}** between {_compared(found)}:"
    return f"What we could compare agrees: {_compared(found)}. We couldn't compare everything."


def _compared(found: LedgerReport) -> str:
    live = "" if found.events_since is None else " and its live events"
    rows = f"{found.rows:,} transaction{'' if found.rows == 1 else 's'}"
    return f"{rows} of Fanvue's list, Fanvue's own sums{live}"


def _difference(one: LedgerDifference, zone: ZoneInfo, show: Show) -> str:
    ours, theirs = show.money(one.ours), show.money(one.theirs)
    when = "" if one.at is None else f"{written(one.at, zone)}, "
    what = f"{when}{source_of(one.source)}"
    if one.kind == SUM:
        name, kind = _GROUPS.get(one.source) or source_of(one.source), "net" if one.net else "gross"
        return f"- {name}, {kind}: {ours} by the list, {theirs} by Fanvue's sum."
    if one.kind == NO_ROW:
        return f"- {what}: reported live with {theirs}, not in Fanvue's list. It is not counted."
    if one.kind == NO_EVENT:
        return f"- {what}: {ours} in Fanvue's list, never reported live. It is counted."
    if one.kind == UNCLEAR:
        return f"- {what}: equal payments, {ours} in the list and {theirs} reported live. The list counts."
    assert one.kind == GONE, "there is no other kind"
    return f"- {what}: {theirs}, listed once but no longer. It is not counted."


def _notes(found: LedgerReport, checked: LedgerCheckRecord, zone: ZoneInfo, show: Show) -> list[str]:
    notes = [
        f"{zone.key} time. Compared on {written(checked.at, zone)}; it runs automatically every night.",
        "Fanvue's sums are up to ten minutes old and leave out refunds"
        + (f": {show.money(found.back)} in this time." if found.back else "."),
    ]
    if found.events_since is None:
        notes.append("We never received live events about money for this creator, so they were not compared.")
    elif found.events_since > found.since:
        notes.append(f"Live events were compared from {written(found.events_since, zone)} on.")
    if found.alike:
        notes.append(
            f"{show.many(found.alike, 'payment')} reported live look the same as others of the "
            "same minutes: we can't tell which is which, but the sums agree."
        )
    if found.unreadable:
        notes.append(f"Rows of Fanvue's list that we couldn't read: {found.unreadable:,}. They are missing.")
    if found.without_net:
        notes.append(f"For {show.many(found.without_net, 'transaction')} Fanvue gave no net yet.")
    if show.note is not None:
        notes.append(show.note)
    return notes
