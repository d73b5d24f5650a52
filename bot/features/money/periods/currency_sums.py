"""Transactions → sums of whole cents: one for each currency, never mixed (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.features.money.periods.days import Days, day_of
from storage.records import Cents, Millis

DOLLARS = "USD"
REFUND, CHARGEBACK = "refund", "chargeback"


@dataclass(frozen=True)
class EarningsTransaction:
    """One line of Fanvue's list. Money that went back is negative, and `source` says in which way."""

    at: Millis
    source: str  # tip, message, renewal, refund, … an open set
    gross: Cents
    net: Cents | None
    currency: str | None = None
    order: str | None = None


@dataclass(frozen=True)
class SourceSum:
    """One source's income, by how many transactions."""

    gross: Cents
    count: int


@dataclass(frozen=True)
class CurrencySum:
    """The income under one currency, less what went back."""

    currency: str
    gross: Cents
    net: Cents
    count: int
    without_net: int  # transactions for which no net was told: they are not in `net`
    by_source: Mapping[str, SourceSum]
    by_day: Mapping[date, Cents]  # gross; days on which nothing happened are there too
    untold: Cents = 0  # the gross of those without a net

    @property
    def fee(self) -> Cents:
        """Fanvue's part of all whose net is told; below zero where it gave its part back."""
        return self.gross - self.untold - self.net


def sums(transactions: Iterable[EarningsTransaction], days: Days) -> list[CurrencySum]:
    """One sum for each currency, the one with most transactions first.

    What lies outside the days does not count, and what a list shows twice counts once.
    """
    groups: dict[str, list[EarningsTransaction]] = defaultdict(list)
    for one in _once(transactions):
        if days.since <= one.at < days.until:
            groups[code_of(one.currency)].append(one)
    return [
        _sum(code, groups[code], days) for code in sorted(groups, key=lambda code: (-len(groups[code]), code))
    ]


def _sum(currency: str, group: list[EarningsTransaction], days: Days) -> CurrencySum:
    by_source: dict[str, list[Cents]] = defaultdict(list)
    by_day = dict.fromkeys(days.each(), 0)
    for one in group:
        by_source[one.source].append(one.gross)
        by_day[day_of(one.at, days.zone)] += one.gross
    parts = {source: SourceSum(sum(gross), len(gross)) for source, gross in by_source.items()}
    return CurrencySum(
        currency=currency,
        gross=sum(one.gross for one in group),
        net=sum(one.net for one in group if one.net is not None),
        count=len(group),
        without_net=sum(one.net is None for one in group),
        by_source=dict(sorted(parts.items(), key=lambda item: (-item[1].gross, item[0]))),
        by_day=by_day,
        untold=sum(one.gross for one in group if one.net is None),
    )


def _once(transactions: Iterable[EarningsTransaction]) -> Iterable[EarningsTransaction]:
    """A row that came on two pages is the same in every field; without an id, equal rows are two."""
    seen: set[EarningsTransaction] = set()
    for one in transactions:
        if one.order is None or one not in seen:
            seen.add(one)
            yield one


def code_of(currency: str | None) -> str:
    """The code as Fanvue gives it; dollars where it gives none, because that is what it documents."""
    code = (currency or "").strip().upper()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else DOLLARS  # noqa: PLR2004 - ISO 4217
