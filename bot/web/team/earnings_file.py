"""Earnings as a table for a spreadsheet: no more exact than the page (pure)."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.features.money.periods.bands import Show
from bot.features.money.periods.columns import bars
from bot.features.money.periods.currency_sums import CurrencySum
from bot.text.spreadsheet import Cell, as_csv, units
from storage.records import Cents

_COLUMNS: Final = ("row", "name", "currency", "gross", "net", "payments")


def earnings_file(sums: Sequence[CurrencySum], show: Show) -> bytes:
    """For each currency the total, each kind, and each day; for readers of ranges the bars of the chart."""
    return as_csv(_COLUMNS, (row for one in sums for row in _rows(one, show)))


def _rows(one: CurrencySum, show: Show) -> Iterator[Sequence[Cell]]:
    def amount(cents: Cents) -> Cell:
        return units(cents) if show.note is None else show.money(cents, one.currency)

    def count(number: int) -> Cell:
        return number if show.note is None else show.number(number)

    net = None if one.without_net == one.count and one.count else amount(one.net)
    yield "total", "", one.currency, amount(one.gross), net, count(one.count)
    for kind, part in show.parts(one.by_source):
        yield "kind", kind, one.currency, amount(part.gross), None, count(part.count)
    exact = show.note is None
    days = one.by_day.items() if exact else [(bar.first, bar.gross) for bar in bars(one.by_day)[1]]
    for day, gross in days:
        yield "day" if exact else "from", day.isoformat(), one.currency, amount(gross), None, None
