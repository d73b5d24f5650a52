"""Sums of the ledger and what is pending → one sum for each currency (pure)."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.features.money.ledger.zone_rules import day_numbered
from bot.features.money.periods.currency_sums import CurrencySum, SourceSum, code_of
from bot.features.money.periods.days import Days, day_of
from storage.money.earning_events import EarningEvent
from storage.money.earning_sums import EarningSum
from storage.records import Cents


@dataclass(frozen=True)
class _LedgerPiece:
    day: date
    source: str
    gross: Cents
    net: Cents
    number: int
    without_net: int


def summed_up(
    summed: Sequence[EarningSum], pending: Sequence[EarningEvent], days: Days, untold: Mapping[str, Cents]
) -> list[CurrencySum]:
    """One sum for each currency, most transactions first; pending payments have no net.

    `untold`: the gross of rows without a net, by currency as Fanvue names it.
    """
    pieces: dict[str, list[_LedgerPiece]] = defaultdict(list)
    for one in summed:
        day = day_numbered(one.place)
        piece = _LedgerPiece(day, one.source, one.gross, one.net, one.number, one.without_net)
        pieces[code_of(one.currency)].append(piece)
    for told in pending:
        piece = _LedgerPiece(day_of(told.at, days.zone), told.source, told.gross or 0, 0, 1, 1)
        pieces[code_of(told.currency)].append(piece)
    lacking: dict[str, Cents] = defaultdict(int)
    for name, gross in (*untold.items(), *((one.currency or "", one.gross or 0) for one in pending)):
        lacking[code_of(name)] += gross
    made = [_sum(code, group, days, lacking[code]) for code, group in pieces.items()]
    return sorted(made, key=lambda one: (-one.count, one.currency))


def _sum(code: str, group: Sequence[_LedgerPiece], days: Days, untold: Cents) -> CurrencySum:
    by_day = dict.fromkeys(days.each(), 0)
    gross: dict[str, Cents] = defaultdict(int)
    number: dict[str, int] = defaultdict(int)
    for one in group:
        by_day[one.day] += one.gross
        gross[one.source] += one.gross
        number[one.source] += one.number
    order: Callable[[str], tuple[Cents, str]] = lambda source: (-gross[source], source)  # noqa: E731 - a key
    return CurrencySum(
        currency=code,
        gross=sum(gross.values()),
        net=sum(one.net for one in group),
        count=sum(number.values()),
        without_net=sum(one.without_net for one in group),
        by_source={source: SourceSum(gross[source], number[source]) for source in sorted(gross, key=order)},
        by_day=by_day,
        untold=untold,
    )
