"""Statements in words: each member's sums by both rules (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.features.money.credit.explanation_texts import name_of
from bot.features.money.credit.sums import NOTHING, CreditTotals, MemberCredit, Sums, total
from bot.features.money.periods.bands import Show
from bot.features.money.periods.date_words import span_words
from bot.features.money.periods.days import Days, written
from bot.features.money.periods.net_rules import NetSum, net_short
from bot.features.money.periods.ports import LedgerSums
from bot.model.language import msgid, msgid_many, tr
from bot.model.ports import Post
from bot.text.moments import lasting
from bot.text.safe_text import one_line, safe
from storage.records import DiscordId, Millis

HIDDEN = msgid(
    "Your role can't see figures for this creator, so there is no statement to show. The "
    "owner can change that with /team grant."
)
NOT_THEIRS = msgid(
    "Only leads see other people's statements. Leave `member:` empty for your own, or ask a lead."
)
_HANDLE = 40
_DAYS = 5  # creators whose days are told; they differ by their zones alone
_SHOWN = 12  # members one by one
_ROOM = 2800  # characters of all blocks together; a message of Discord has 4,000
_RULES = msgid(
    "“Sent”: who sent the message or published the post that was bought. “Last”: who "
    "answered the fan last, within {time} before the sale. Refunds deducted."
)


@dataclass(frozen=True)
class CreditStatement:
    """One creator's days; `of`: the member they are for, None: everybody."""

    handle: str
    days: Days
    named: str
    ledgered: LedgerSums
    sums: Sums
    show: Show


def statement(found: Sequence[CreditStatement], of: DiscordId | None, *, window: Millis, whole: bool) -> Post:
    """A block for each creator and currency. `whole`: every member's, and nobody's."""
    period = found[0].named
    if whole:
        title = tr("Sales of the team, {period}", period=period)
    else:
        title = tr("Sales of {member}, {period}", member=name_of(of), period=period)
    blocks = [block for one in found for block in _blocks(one, of, whole=whole, several=len(found) > 1)]
    return Post(
        title=title,
        body=_fitting(blocks),
        small="\n".join(_notes(found, window)),
    )


def _fitting(blocks: Sequence[str]) -> tuple[str, ...]:
    ends = accumulate(map(len, blocks))
    shown = [block for block, end in zip(blocks, ends, strict=True) if end <= _ROOM]
    left = len(blocks) - len(shown)
    return (
        (*shown, tr("{number} more are in the file: choose `as_file:`.", number=left))
        if left
        else tuple(shown)
    )


def _blocks(one: CreditStatement, of: DiscordId | None, *, whole: bool, several: bool) -> list[str]:
    head = f"**@{safe(one_line(one.handle, _HANDLE))}**"
    if not one.sums:
        return [tr("{creator}: no sales.", creator=head)]
    made = []
    for code, members in one.sums.items():
        if whole:
            made.append("\n".join((f"{head}, {code}", *_team(members, code, one.show))))
            continue
        mine = members.get(of, MemberCredit())
        made.append(
            "\n".join(
                (
                    *((f"{head}, {code}",) if several or len(one.sums) > 1 else (head,)),
                    tr("Sent what was bought: {sums}", sums=_part(mine.sent, code, one.show)),
                    tr("Answered last: {sums}", sums=_part(mine.last, code, one.show)),
                )
            )
        )
    return made


def _team(members: Mapping[DiscordId | None, MemberCredit], code: str, show: Show) -> list[str]:
    known = [(member, both) for member, both in members.items() if member is not None]
    lines = [f"{name_of(member)}: {_both(both, code, show)}" for member, both in known[:_SHOWN]]
    if len(known) > _SHOWN:
        lines.append(tr("{number} more are in the file: choose `as_file:`.", number=len(known) - _SHOWN))
    lines.append(tr("Nobody: {sums}", sums=_both(members.get(None, MemberCredit()), code, show)))
    lines.append(tr("**All**: {sums}", sums=_part(total(members.values()).sent, code, show)))
    return lines


def _both(both: MemberCredit, code: str, show: Show) -> str:
    return tr(
        # Translators: sums of what a member sent, and of what was bought after their answer.
        "own messages {sent} · last to answer {last}",
        sent=_part(both.sent, code, show),
        last=_part(both.last, code, show),
    )


def _part(part: CreditTotals, code: str, show: Show) -> str:
    if part == NOTHING:
        return tr("nothing")
    gross = show.money(part.gross, code)
    net = net_short(NetSum(part.net, part.sales + part.backs, part.without_net), code, show)
    more = (
        [
            tr(
                "{amount} of it refunded ({number})",
                amount=show.money(part.back, code),
                number=show.number(part.backs),
            )
        ]
        if part.backs
        else []
    )
    more += [tr("{number} reassigned", number=show.number(part.moved))] if part.moved else []
    return ", ".join(
        [
            tr("**{gross}** gross, {net}", gross=gross, net=net),
            show.many(part.sales, msgid_many("{n} sale", "{n} sales")),
            *more,
        ]
    )


def _notes(found: Sequence[CreditStatement], window: Millis) -> list[str]:
    notes = [tr(_RULES, time=lasting(window))]
    for one in found[:_DAYS]:
        days = one.days
        who = f"@{safe(one_line(one.handle, _HANDLE))}: " if len(found) > 1 else ""
        as_of = written(one.ledgered.as_of, days.zone)
        notes.append(
            who
            + tr(
                "{days}, {zone} time. Data as of {moment}.",
                days=span_words(days.first, days.last),
                zone=days.zone.key,
                moment=as_of,
            )
        )
        without = sum(both.sent.without_net for members in one.sums.values() for both in members.values())
        if without:
            notes.append(
                tr(
                    "For {number} Fanvue gave no net yet; the net is without them.",
                    number=one.show.many(without, msgid_many("{n} line", "{n} lines")),
                )
            )
    if any(one.show.note for one in found):
        notes.append(next(one.show.note for one in found if one.show.note) or "")
    return notes
