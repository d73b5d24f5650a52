"""Statements in words: each member's sums by both rules (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.features.money.credit.explanation_texts import name_of
from bot.features.money.credit.sums import NOTHING, CreditTotals, MemberCredit, Sums, total
from bot.features.money.periods.bands import Show
from bot.features.money.periods.days import Days, written
from bot.features.money.periods.net_rules import NetSum, net_short
from bot.features.money.periods.ports import LedgerSums
from bot.features.money.periods.range_ends import span_words
from bot.model.ports import Post
from bot.text.moments import lasting
from bot.text.safe_text import one_line, safe
from storage.records import DiscordId, Millis

HIDDEN = (
    "Your role can't see figures for this creator, so there is no statement to show. The owner can "
    "change that with /team grant."
)
NOT_THEIRS = "Only leads see other people's statements. Leave member empty for your own, or ask a lead."
_HANDLE = 40
_DAYS = 5  # creators whose days are told; they differ by their zones alone
_SHOWN = 12  # members one by one
_ROOM = 2800  # characters of all blocks together; a message of Discord has 4,000
_RULES = (
    "“Sent”: who sent the message or published the post that was bought. “Last”: who answered the "
    "fan last, within {} before the sale. Refunds deducted."
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
    whose = "of the team" if whole else f"of {name_of(of)}"
    blocks = [block for one in found for block in _blocks(one, of, whole=whole, several=len(found) > 1)]
    return Post(
        title=f"Sales {whose}, {found[0].named}",
        body=_fitting(blocks),
        small="\n".join(_notes(found, window)),
    )


def _fitting(blocks: Sequence[str]) -> tuple[str, ...]:
    ends = accumulate(map(len, blocks))
    shown = [block for block, end in zip(blocks, ends, strict=True) if end <= _ROOM]
    left = len(blocks) - len(shown)
    return (*shown, f"{left} more are in the file: choose as_file.") if left else tuple(shown)


def _blocks(one: CreditStatement, of: DiscordId | None, *, whole: bool, several: bool) -> list[str]:
    head = f"**@{safe(one_line(one.handle, _HANDLE))}**"
    if not one.sums:
        return [f"{head}: no sales."]
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
                    f"Sent what was bought: {_part(mine.sent, code, one.show)}",
                    f"Answered last: {_part(mine.last, code, one.show)}",
                )
            )
        )
    return made


def _team(members: Mapping[DiscordId | None, MemberCredit], code: str, show: Show) -> list[str]:
    known = [(member, both) for member, both in members.items() if member is not None]
    lines = [f"{name_of(member)}: {_both(both, code, show)}" for member, both in known[:_SHOWN]]
    if len(known) > _SHOWN:
        lines.append(f"{len(known) - _SHOWN} more are in the file: choose as_file.")
    lines.append(f"Nobody: {_both(members.get(None, MemberCredit()), code, show)}")
    lines.append(f"**All**: {_part(total(members.values()).sent, code, show)}")
    return lines


def _both(both: MemberCredit, code: str, show: Show) -> str:
    return f"sent {_part(both.sent, code, show)}; last {_part(both.last, code, show)}"


def _part(part: CreditTotals, code: str, show: Show) -> str:
    if part == NOTHING:
        return "nothing"
    gross = show.money(part.gross, code)
    net = net_short(NetSum(part.net, part.sales + part.backs, part.without_net), code, show)
    more = [f"{show.money(part.back, code)} of it refunded ({show.number(part.backs)})"] if part.backs else []
    more += [f"{show.number(part.moved)} reassigned"] if part.moved else []
    return ", ".join([f"**{gross}** gross, {net}", show.many(part.sales, "sale"), *more])


def _notes(found: Sequence[CreditStatement], window: Millis) -> list[str]:
    notes = [_RULES.format(lasting(window))]
    for one in found[:_DAYS]:
        days = one.days
        who = f"@{safe(one_line(one.handle, _HANDLE))}: " if len(found) > 1 else ""
        as_of = written(one.ledgered.as_of, days.zone)
        notes.append(f"{who}{span_words(days.first, days.last)}, {days.zone.key} time. Data as of {as_of}.")
        without = sum(both.sent.without_net for members in one.sums.values() for both in members.values())
        if without:
            notes.append(
                f"For {one.show.many(without, 'line')} Fanvue gave no net yet; the net is without them."
            )
    if any(one.show.note for one in found):
        notes.append(next(one.show.note for one in found if one.show.note) or "")
    return notes
