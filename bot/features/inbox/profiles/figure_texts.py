"""A fan's payments and offers, as exactly as a member may see them (pure)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.roles import MoneyView
from bot.features.inbox.profiles.fanvue import ProfilePayments
from bot.model.language import msgid, msgid_many, tr
from bot.text.moments import date_of, stamp
from storage.inbox.received import FanOffers
from storage.money.spending import FanSpending
from storage.records import Cents, Millis

_SOURCES = 8  # shown one by one

_PAYMENTS = msgid_many("{n} payment", "{n} payments")
_MESSAGES = msgid_many("{n} message", "{n} messages")


class ProfileFigureFormat(Protocol):
    """The exactness of shown figures."""

    @property
    def note(self) -> str | None:
        """The note a reader must know."""

    def money(self, cents: Cents, currency: str | None = None) -> str:
        """An amount in words."""

    def many(self, count: int, what: tuple[str, str]) -> str:
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
        return [tr("They haven't paid anything yet.")]
    lines = [tr("Paid **{total}**", total=show.money(paid.total))]
    lines += [f"{source_of(source)}: {show.money(cents)}" for source, cents in paid.sources[:_SOURCES]]
    lines += _more(len(paid.sources))
    return [*lines, *_last(paid.last, after)]


def paid_here(
    spent: Sequence[FanSpending], show: ProfileFigureFormat, source_of: Source, *, after: Millis = 0
) -> list[str]:
    """Payments told to this bridge; `after` as above."""
    if not spent:
        return [tr("Fanvue has reported no payment by this fan yet.")]
    bought = [one for one in spent if one.gross >= 0]
    total = show.money(sum(one.gross for one in spent))
    lines = [
        # Translators: in so many payments
        tr(
            "Paid **{total}** in {payments}",
            total=total,
            payments=show.many(sum(one.count for one in bought), _PAYMENTS),
        )
    ]
    lines += [
        f"{source_of(one.source)}: {show.money(one.gross)} ({show.many(one.count, _PAYMENTS)})"
        if one.gross >= 0
        else f"{source_of(one.source)}: {show.money(one.gross)}"
        for one in spent[:_SOURCES]
    ]
    lines += _more(len(spent))
    if untold := sum(one.untold for one in spent):
        lines.append(
            tr(
                "For {payments} Fanvue gave no amount, so they are not in the sums.",
                payments=show.many(untold, _PAYMENTS),
            )
        )
    return [*lines, *_last(max((one.last for one in bought), default=None), after)]


def priced(offered: FanOffers, show: ProfileFigureFormat) -> list[str]:
    """Messages with a price in their chat."""
    if not offered.sent:
        return [tr("No paid messages sent yet.")]
    sent, bought = show.many(offered.sent, _MESSAGES), show.many(offered.bought, _MESSAGES)
    asked, paid = show.money(offered.asked), show.money(offered.paid)
    lines = [
        tr(
            "Messages with a price: {sent} sent for {asked}, {bought} bought for {paid}",
            sent=sent,
            asked=asked,
            bought=bought,
            paid=paid,
        )
    ]
    dates = ((msgid("sent {day}"), offered.last_sent), (msgid("bought {day}"), offered.last_bought))
    told = [tr(what, day=date_of(at)) for what, at in dates if at is not None]
    return [*lines, tr("Last one {told}", told=", ".join(told))] if told else lines


def _last(at: Millis | None, after: Millis) -> list[str]:
    return [tr("Last purchase {day}", day=stamp(at))] if at is not None and at > after else []


def _more(sources: int) -> list[str]:
    return [tr("… and more sources")] if sources > _SOURCES else []
