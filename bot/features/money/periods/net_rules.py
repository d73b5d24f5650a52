"""The net in words: told, told of a part, or pending (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.features.money.periods.bands import Show
from bot.features.money.periods.currency_sums import CurrencySum
from bot.model.language import tr
from storage.records import Cents


@dataclass(frozen=True)
class NetSum:
    """The net of some transactions, as far as Fanvue told it."""

    cents: Cents
    number: int  # of all transactions
    without: int  # of those for which no net was told: they are not in it
    untold: Cents = 0  # the gross of these

    @property
    def is_pending(self) -> bool:
        """Whether there is none at all yet: that is not the same as nothing."""
        return self.without > 0 and self.without == self.number


def net_of(sums: Iterable[CurrencySum]) -> NetSum:
    """Of sums under one currency."""
    found = list(sums)
    return NetSum(
        cents=sum(one.net for one in found),
        number=sum(one.count for one in found),
        without=sum(one.without_net for one in found),
        untold=sum(one.untold for one in found),
    )


def net_words(net: NetSum, currency: str, show: Show) -> str:
    """As it stands behind a gross; in ranges what is pending would narrow both."""
    if net.is_pending:
        return tr("**net pending**")
    known = show.money(net.cents, currency)
    if not net.without:
        return tr("net **{net}**", net=known)
    if show.note is not None:
        return tr("net **{net}** so far (the rest is pending)", net=known)
    untold = show.money(net.untold, currency)
    # Translators: of {gross} gross no net is known yet.
    return tr("net **{net}** so far ({gross} gross pending)", net=known, gross=untold)


def net_short(net: NetSum, currency: str | None, show: Show) -> str:
    """A short form of the net."""
    if net.is_pending:
        return tr("net pending")
    known = show.money(net.cents, currency)
    return tr("{net} net so far", net=known) if net.without else tr("{net} net", net=known)
