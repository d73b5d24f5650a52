"""Statements and sales as files for a spreadsheet (pure)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.features.money.credit.sale_references import ref_of
from bot.features.money.credit.sums import CreditTotals, MemberCredit
from bot.features.money.credit.texts import CreditStatement
from bot.features.money.periods.bands import Show
from bot.features.money.periods.currency_sums import code_of
from bot.text.spreadsheet import Cell, as_csv, units
from storage.money.credited_sales import Sale
from storage.records import DiscordId, Millis

Names = Mapping[DiscordId, str]  # what members were called when they last did anything

_STATEMENT = (
    *("creator", "from", "to", "zone", "currency", "member_id", "member", "rule", "gross", "net", "sales"),
    *("without_net", "back", "backs", "reassigned"),
)
_SALES = (
    *("creator", "at_utc", "sale", "source", "currency", "gross", "net", "sent_by_id", "sent_by"),
    *("sent_at_utc", "answered_last_by_id", "answered_last_by", "answered_at_utc", "reassigned"),
    *("reassigned_to_id", "reassigned_to"),
)


def members_in(found: Sequence[CreditStatement], of: DiscordId | None, *, whole: bool) -> set[DiscordId]:
    """A statement's members."""
    named = (
        {of} if not whole else {one for each in found for members in each.sums.values() for one in members}
    )
    return {one for one in named if one is not None}


def statement(
    found: Sequence[CreditStatement], of: DiscordId | None, names: Names, *, whole: bool, exact: bool
) -> bytes:
    """Two lines for each member, one by each rule; amounts for readers of exact figures, else ranges."""
    rows: list[list[Cell]] = []
    for one in found:
        for code, members in one.sums.items():
            wanted = members if whole else {of: members.get(of, MemberCredit())}
            for member, both in wanted.items():
                for rule, part in (("sent", both.sent), ("last", both.last)):
                    head: list[Cell] = [one.handle, one.days.first.isoformat(), one.days.last.isoformat()]
                    whose: list[Cell] = [one.days.zone.key, code, *_member(member, names), rule]
                    rows.append([*head, *whose, *_figures(part, code, one.show, exact=exact)])
    return as_csv(_STATEMENT, rows)


def sales(handle: str, found: Sequence[Sale], names: Names, show: Show, *, exact: bool) -> bytes:
    """A line for each sale, with what both rules say; no fan stands in it."""
    return as_csv(
        _SALES,
        (
            (
                *(handle, _moment(one.at), ref_of(one), one.source, code_of(one.currency)),
                *(_money(cents, one.currency, show, exact=exact) for cents in (one.gross, one.net)),
                *(*_member(one.sender, names), _moment(one.sent_at)),
                *(*_member(one.last, names), _moment(one.last_at)),
                *("no" if one.move is None else "yes", *_member(one.given, names)),
            )
            for one in found
        ),
    )


def _member(member: DiscordId | None, names: Names) -> tuple[Cell, Cell]:
    return member, None if member is None else names.get(member)


def _figures(part: CreditTotals, code: str, show: Show, *, exact: bool) -> list[Cell]:
    gross, net, back = (_money(cents, code, show, exact=exact) for cents in (part.gross, part.net, part.back))
    numbers: list[Cell] = [
        number if exact else show.number(number)
        for number in (part.sales, part.without_net, part.backs, part.moved)
    ]
    return [gross, net, *numbers[:2], back, *numbers[2:]]


def _money(cents: int | None, code: str | None, show: Show, *, exact: bool) -> Cell:
    return units(cents) if exact or cents is None else show.money(cents, code)


def _moment(at: Millis | None) -> str | None:
    return None if at is None else f"{datetime.fromtimestamp(at / 1000, tz=UTC):%Y-%m-%d %H:%M:%S}"
