"""A fan's payments and offers, as exactly as a member may see them (pure)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.roles import MoneyView
from bot.features.inbox.profiles.fanvue import ProfilePayments
from bot.text.moments import date_of, stamp
from storage.money.spending import FanOffers, FanSpending
from storage.records import Cents, Millis

_SOURCES = 8  # shown one by one


class ProfileFigureFormat(Protocol):
    """The exactness of shown figures."""

    @property
    def note(self) -> str | None:
        """The note a reader must know."""

    def money(self, cents: Cents, currency: str | None = None) -> str:
        """An amount in words."""

    def many(self, count: int, what: str) -> str:
        """A count in words."""


@dataclass(frozen=True)
class ProfileFigureTexts:
    """The texts of figures, as everywhere else."""

    shown_to: Callable[[MoneyView], ProfileFigureFormat]
    source_of: Callable[[str], str]


Source = Callable[[str], str]


def paid_there(
    paid: ProfilePayments, show: ProfileFigureFormat, source_of: Source, *, after: Millis = 0
) -> list[str]:
    """All that the fan ever paid, as Fanvue sums it up. `after`: the last one is named if it is later."""
    if paid.last is None and not paid.total:
        return ["They haven't paid anything yet."]
    lines = [f"Paid **{show.money(paid.total)}**"]
    lines += [f"{source_of(source)}: {show.money(cents)}" for source, cents in paid.sources[:_SOURCES]]
    lines += _more(len(paid.sources))
    return [*lines, *_last(paid.last, after)]


def paid_here(
    spent: Sequence[FanSpending], show: ProfileFigureFormat, source_of: Source, *, after: Millis = 0
) -> list[str]:
    """Payments told to this bridge; `after` as above."""
    if not spent:
        return ["Fanvue has reported no payment by this fan yet."]
    bought = [one for one in spent if one.gross >= 0]
    total = show.money(sum(one.gross for one in spent))
    lines = [f"Paid **{total}** in {show.many(sum(one.count for one in bought), 'payment')}"]
    lines += [
        f"{source_of(one.source)}: {show.money(one.gross)} ({show.many(one.count, 'payment')})"
        if one.gross >= 0
        else f"{source_of(one.source)}: {show.money(one.gross)}"
        for one in spent[:_SOURCES]
    ]
    lines += _more(len(spent))
    if untold := sum(one.untold for one in spent):
        lines.append(
            f"For {show.many(untold, 'payment')} Fanvue gave no amount, so they are not in the sums."
        )
    return [*lines, *_last(max((one.last for one in bought), default=None), after)]


def priced(offered: FanOffers, show: ProfileFigureFormat) -> list[str]:
    """Messages with a price in their chat."""
    if not offered.sent:
        return ["They were never sent a message with a price."]
    sent, bought = show.many(offered.sent, "message"), show.many(offered.bought, "message")
    asked, paid = show.money(offered.asked), show.money(offered.paid)
    lines = [f"Messages with a price: {sent} sent for {asked}, {bought} bought for {paid}"]
    dates = (("sent", offered.last_sent), ("bought", offered.last_bought))
    told = [f"{what} {date_of(at)}" for what, at in dates if at is not None]
    return [*lines, f"Last one {', '.join(told)}"] if told else lines


def _last(at: Millis | None, after: Millis) -> list[str]:
    return [f"Last purchase {stamp(at)}"] if at is not None and at > after else []


def _more(sources: int) -> list[str]:
    return ["… and more sources"] if sources > _SOURCES else []
