"""Figures as exactly as a reader may see them, as data (pure)."""

from bot.access.roles import MoneyView
from bot.features.money.periods.bands import band
from bot.features.money.periods.currency_sums import code_of
from bot.features.operations.creator_context.model_parts import Amount, Count
from storage.records import Cents

_HUNDRED = 100  # cents


def amount(cents: Cents, currency: str | None, level: MoneyView) -> Amount:
    """An amount; its range where the reader sees ranges. Not for readers who see no figures."""
    code = code_of(currency)
    if _must_see(level) is MoneyView.EXACT:
        return Amount(currency=code, cents=cents)
    low, high = (edge * _HUNDRED for edge in band(abs(cents) // _HUNDRED))
    if cents < 0:  # from just above the higher edge, which is whole cents, down to the lower one
        low, high = 1 - high, 1 - low
    return Amount(currency=code, at_least_cents=low, below_cents=high)


def amount_or_none(cents: Cents | None, currency: str | None, level: MoneyView) -> Amount | None:
    """The same where Fanvue may not have told it."""
    return None if cents is None else amount(cents, currency, level)


def count(number: int, level: MoneyView) -> Count:
    """A number of payments, in the same way."""
    if _must_see(level) is MoneyView.EXACT:
        return Count(number=number)
    low, high = band(number)
    return Count(at_least=low, below=high)


def _must_see(level: MoneyView) -> MoneyView:
    assert level is not MoneyView.HIDDEN, "a reader who sees no figures is given none"
    return level
