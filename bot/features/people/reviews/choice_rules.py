"""Selects and orders replies, and limits what of money is told (pure)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.access.roles import MoneyView
from bot.model.language import number_text, tr
from bot.relay.review_wishes import SentRepliesOrder, SentRepliesWish
from bot.text.percentages import in_tens
from storage.people.sent_replies import SentReply
from storage.records import Cents, Millis

PAGE = 8
_MINUTE: Millis = 60_000
Floor = Callable[[Cents], Cents]  # where the range of an amount begins


@dataclass(frozen=True)
class ReviewRow:
    """A reply, and how exactly its reader sees this creator's figures."""

    reply: SentReply
    money: MoneyView


def about_money(wish: SentRepliesWish) -> bool:
    """Whether what is asked for would tell something of prices."""
    return wish.priced is not None or wish.order is SentRepliesOrder.PRICE


def chosen(rows: Sequence[ReviewRow], wish: SentRepliesWish, floor: Floor) -> list[ReviewRow]:
    """Those that fit, in the order that is asked for."""
    fitting = [row for row in rows if wish.slower is None or _waited(row) >= wish.slower * _MINUTE]
    newest = sorted(fitting, key=lambda row: (row.reply.at, row.reply.message), reverse=True)
    if wish.order is SentRepliesOrder.SLOWEST:
        return sorted(newest, key=_waited, reverse=True)
    if wish.order is SentRepliesOrder.PRICE:
        return sorted(newest, key=lambda row: _rank(row, floor), reverse=True)
    return newest


def cut(number: int, rows: int) -> int:
    """The page with this number, or the last one that there is."""
    return max(min(number, -(-rows // PAGE) - 1), 0)


def countable(rows: Sequence[ReviewRow], wish: SentRepliesWish) -> bool:
    """Whether their number may be told: if filtered by price, only to a reader of exact figures."""
    return wish.priced is None or all(row.money is MoneyView.EXACT for row in rows)


def bought(rows: Sequence[ReviewRow]) -> str | None:
    """The priced replies that were bought; None: the reader sees no figures, or nothing had a price."""
    had = [row for row in rows if not row.reply.taken_back]
    exact = [row.reply for row in had if row.money is MoneyView.EXACT and row.reply.price]
    banded = [row.reply for row in had if row.money is MoneyView.BANDED]
    said = []
    if exact:
        said.append(
            tr(
                "{bought} of {priced} with a price bought",
                bought=number_text(sum(one.bought for one in exact)),
                priced=number_text(len(exact)),
            )
        )
    if banded:
        priced = [one for one in banded if one.price]
        share = in_tens(sum(one.bought for one in priced), len(priced))
        said.append(
            tr("bought: too few to say")
            if share is None
            else tr("{share} of what had a price bought", share=share)
        )
    return "; ".join(said) or None


def _waited(row: ReviewRow) -> Millis:
    return row.reply.waited if row.reply.waited is not None else -1


def _rank(row: ReviewRow, floor: Floor) -> Cents:
    """The rank by price, lowest without one; for a reader of ranges, all in one are alike."""
    if row.reply.price is None or row.money is MoneyView.HIDDEN:
        return -1
    return row.reply.price if row.money is MoneyView.EXACT else floor(row.reply.price)
