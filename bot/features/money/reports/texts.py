"""Answers about money in words: compared, hours, fans, all creators (pure)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.features.money.periods.bands import Show
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days, written
from bot.features.money.periods.net_rules import NetSum, net_of, net_short, net_words
from bot.features.money.periods.ports import LedgerSums
from bot.features.money.periods.range_rules import DayRange
from bot.features.money.periods.texts import as_of_words, name_of, range_words
from bot.features.money.reports.comparison_rules import ComparisonSpan, difference, elapsed
from bot.features.money.reports.hour_rules import HourSlot
from bot.model.language import msgid, msgid_many, number_text, tr, tr_many
from bot.model.ports import Post
from storage.money.earning_answers import Spender
from storage.records import Link, Millis, Pseudonym

_MOST = 30  # creators that one answer names
FORGOTTEN = msgid("A fan who is no longer known")


@dataclass(frozen=True)
class ReportComparison:
    """One comparison: None where not all of those days were read yet."""

    span: ComparisonSpan
    found: LedgerSums | None


def against(told: LedgerSums, days: Days, compared: Sequence[ReportComparison], show: Show) -> list[str]:
    """A line for each comparison, and up to when days that are not over are compared."""
    lines = []
    for one in compared:
        if one.found is None:
            lines.append(
                tr(
                    "Not compared with {period}: we haven't read all of it from Fanvue yet.",
                    period=one.span.name,
                )
            )
        else:
            lines.append(
                tr(
                    "Gross vs. {period}: {difference}.",
                    period=one.span.name,
                    difference=difference(told.sums, one.found.sums, show),
                )
            )
    upto = elapsed(days, told.as_of)
    if upto is not None and any(one.found is not None for one in compared):
        lines.append(
            tr("Not over yet: compared with the days before up to {time} of their last day.", time=upto)
        )
    return lines


def with_lines(post: Post, lines: Sequence[str], notes: Sequence[str]) -> Post:
    """The post with one more block, and notes that come before its own."""
    body = (*post.body, "\n".join(lines)) if lines else post.body
    return replace(post, body=body, small="\n".join([*notes, *([post.small] if post.small else [])]))


def best_hours(
    meant: DayRange, best: tuple[str, Sequence[HourSlot]] | None, *, link: Link, as_of: Millis, show: Show
) -> Post:
    """The hours at which most came in, on average."""
    if best is None:
        lines = [tr("No earnings in this time, so no hour is better than another.")]
    else:
        code, slots = best
        lines = [
            _average([slot.weeks for slot in slots]),
            *(
                f"{number}. {slot.name}: **{show.money(slot.average, code)}** ({show.number(slot.number)})"
                for number, slot in enumerate(slots, start=1)
            ),
        ]
    notes = [*meant.notes, f"{range_words(meant.days)} {as_of_words(as_of, meant.days)}"]
    notes.append(tr("Gross, refunds deducted, without payments that Fanvue doesn't list yet."))
    return Post(
        title=tr("Best hours of {creator}, {period}", creator=name_of(link), period=meant.name),
        body=("\n".join(lines),),
        small=_small(notes, show),
    )


def top(
    meant: DayRange,
    spenders: Sequence[Spender],
    names: Mapping[Pseudonym, str],
    *,
    link: Link,
    as_of: Millis,
    show: Show,
    nameless: Sequence[Spender] = (),
) -> Post:
    """Top spenders, as the ledger sums them."""
    nobody = tr(FORGOTTEN)
    lines = [
        f"{number}. {nobody if one.fan is None else names.get(one.fan, nobody)}: {_spent(one, show)}"
        for number, one in enumerate(spenders, start=1)
    ]
    notes = [*meant.notes, f"{range_words(meant.days)} {as_of_words(as_of, meant.days)}"]
    notes.append(tr("Gross, refunds deducted, without payments that Fanvue doesn't list yet."))
    notes += [
        tr(
            "From no particular fan, as Fanvue lists it: {gross}.",
            gross=show.money(one.gross, one.currency or None),
        )
        for one in nameless
        if one.gross
    ]
    return Post(
        title=tr("Top fans of {creator}, {period}", creator=name_of(link), period=meant.name),
        body=("\n".join(lines) or tr("Nobody spent anything in this time."),),
        small=_small(notes, show),
    )


# ── all creators ──


@dataclass(frozen=True)
class CreatorReport:
    """One creator in the answer about all; `told` is None where it could not be read."""

    link: Link | None
    handle: str
    meant: DayRange | None
    told: LedgerSums | None
    show: Show
    why: str = ""  # there are no figures


def everyone(found: Sequence[CreatorReport], name: str) -> Post:
    """Each creator in their own zone, and the sums of those that are seen exactly."""
    lines = [_creator(one) for one in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(
            tr("… and {number} more, also included in the sums.", number=number_text(len(found) - _MOST))
        )
    exact = [one for one in found if one.told is not None and one.show.note is None]
    left = len(found) - len(exact)
    notes = [tr("Each creator's days are in their own zone, shown after the name.")]
    notes += dict.fromkeys(note for one in found if one.meant is not None for note in one.meant.notes)
    oldest = min(
        (one for one in exact if one.told), key=lambda one: one.told.as_of if one.told else 0, default=None
    )
    if oldest is not None and oldest.told is not None and oldest.meant is not None:
        zone = oldest.meant.days.zone
        notes.append(
            tr(
                "Data as of {moment}, {zone}, or later.",
                moment=written(oldest.told.as_of, zone),
                zone=zone.key,
            )
        )
    if left:
        notes.append(
            tr(
                "Not in the sum: {number} whose exact figures you can't see, or that we can't read.",
                number=number_text(left),
            )
        )
    total = _total(exact)
    return Post(
        title=tr_many(
            "Earnings of {n} creator, {period}", "Earnings of {n} creators, {period}", len(found), period=name
        ),
        body=(
            *([total] if total else []),
            "\n".join(lines) or tr("You don't have access to anyone's earnings."),
        ),
        small="\n".join(notes),
    )


def _total(exact: Sequence[CreatorReport]) -> str:
    found: dict[str, list[CurrencySum]] = defaultdict(list)
    for one in exact:
        for each in one.told.sums if one.told is not None else ():
            found[each.currency].append(each)
    if not exact:
        return ""
    show = exact[0].show
    if not found:
        return tr("All together: gross **{zero}**, net **{zero}**", zero=show.money(0))
    return "\n".join(
        tr(
            "All together: gross **{gross}**, {net}",
            gross=show.money(sum(one.gross for one in sums), code),
            net=net_words(net_of(sums), code, show),
        )
        for code, sums in sorted(found.items())
    )


def _creator(one: CreatorReport) -> str:
    if one.told is None or one.meant is None:
        return f"{one.handle}: {one.why}"
    name = f"{one.handle} ({one.meant.days.zone.key})"
    if not one.told.sums:
        return (
            tr("{creator}: no earnings", creator=name)
            if one.show.note is None
            else tr("{creator}: {amount}, in ranges", creator=name, amount=one.show.money(0))
        )
    amounts = "; ".join(
        tr(
            "gross **{gross}**, {net}",
            gross=one.show.money(each.gross, each.currency),
            net=net_words(net_of([each]), each.currency, one.show),
        )
        for each in one.told.sums
    )
    return f"{name}: {amounts}{'' if one.show.note is None else tr(', in ranges')}"


def _average(weeks: Sequence[int]) -> str:
    """A weekday may occur once more than another."""
    least, most = min(weeks), max(weeks)
    if least == most:
        return tr_many(
            "On average of one week, and from how many transactions:",
            "On average of {n} weeks, and from how many transactions:",
            most,
        )
    return tr(
        "On average of {least} or {most} weeks, and from how many transactions:",
        least=number_text(least),
        most=number_text(most),
    )


def _spent(one: Spender, show: Show) -> str:
    code = one.currency or None
    net = net_short(NetSum(one.net, one.number, one.without_net), code, show)
    payments = show.many(one.number, msgid_many("{n} payment", "{n} payments"))
    return f"**{show.money(one.gross, code)}** ({net}, {payments})"


def _small(notes: Sequence[str], show: Show) -> str:
    return "\n".join([*notes, *([show.note] if show.note is not None else [])])
