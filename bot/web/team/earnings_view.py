"""Earnings of a period: sums, a chart, by kind and by day, and as a file."""

import asyncio
from html import escape
from typing import Final
from urllib.parse import quote

from bot.access.policy import Action
from bot.access.roles import MoneyView
from bot.features.money.ledger.service import LedgerService
from bot.features.money.periods import texts as figures
from bot.features.money.periods.bands import Show, shown_to
from bot.features.money.periods.columns import bars, label
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days
from bot.features.money.periods.net_rules import net_of
from bot.features.money.periods.ports import LedgerSums
from bot.features.money.periods.range_rules import FIXED, DayRange
from bot.features.money.periods.read_limit import FiguresUnavailable, told
from bot.features.money.reports.service import EarningsReportService
from bot.model.language import msgid, tr
from bot.web.team import charts
from bot.web.team.earnings_file import earnings_file
from bot.web.team.frame import card, soft, table
from bot.web.team.views import PageView, ViewFile, ViewRequest, ViewUnavailable, option

USUAL: Final = "last 30 days"
_LONGEST = 60
_SECONDS: Final = 25.0  # that a page waits for Fanvue
_TOO_MUCH = msgid("Reading this takes longer than a page can wait. Try again soon, or use /money earnings.")


class EarningsView:
    """Figures as exactly as their reader may see them, from the same ledger as /money earnings."""

    def __init__(self, reports: EarningsReportService, books: LedgerService) -> None:
        self._reports = reports
        self._books = books

    def view(self) -> PageView:
        return PageView("earnings", msgid("Earnings"), Action.EARNINGS, self._read, self._file)

    async def _read(self, asked: ViewRequest) -> str:
        show, form = shown_to(asked.permit.money), _form(asked)
        try:
            meant, found = await self._found(asked)
        except ViewUnavailable as cannot:
            return card(tr("Days"), form) + card(tr("Not now"), soft(str(cannot)))
        blocks = [await _block(asked, one, meant.days, show) for one in found.sums]
        notes = [*meant.notes, *figures.notes(found, meant.days, show)]
        nothing = f"<p>{asked.html(figures.nothing(show))}</p>" if not found.sums else ""
        where = "earnings.csv?days=" + quote(_wanted(asked), safe="")
        link = f'<p><a href="{escape(where)}">{escape(tr("Save as CSV"))}</a></p>'
        small = "".join(f'<p class="soft">{asked.html(one)}</p>' for one in notes)
        return card(tr("Days"), form) + card(meant.name, nothing + "".join(blocks) + small + link)

    async def _file(self, asked: ViewRequest) -> ViewFile:
        meant, found = await self._found(asked)
        content = earnings_file(found.sums, shown_to(asked.permit.money))
        return ViewFile(f"earnings-{meant.days.first}-{meant.days.last}.csv", content)

    async def _found(self, asked: ViewRequest) -> tuple[DayRange, LedgerSums]:
        try:
            meant = await self._reports.meant(asked.creator, _wanted(asked), asked.permit.money)
            found = await told(
                lambda: self._books.earnings(asked.creator, meant.days), _SECONDS, too_much=_TOO_MUCH
            )
        except FiguresUnavailable as cannot:
            raise ViewUnavailable(str(cannot)) from cannot
        return meant, found


async def _block(asked: ViewRequest, one: CurrencySum, days: Days, show: Show) -> str:
    net = net_of([one])
    known = tr("pending") if net.is_pending else show.money(net.cents, one.currency)
    sums = [
        (tr("Gross"), show.money(one.gross, one.currency)),
        (tr("Net so far") if net.without and not net.is_pending else tr("Net"), known),
        (tr("Transactions"), show.number(one.count)),
    ]
    head = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in sums)
    by, columns = bars(one.by_day)
    chart = below = ""
    if len(columns) > 1:
        alt = await asyncio.to_thread(_described, one, days, show)
        chart = charts.drawn(columns, by, one.currency, show, alt)
        rows = [(escape(label(bar, by, few=False)), show.money(bar.gross, one.currency)) for bar in columns]
        summary = escape(tr("The chart as a table"))
        numbers = table((tr("From"), tr("Gross")), rows)
        below = f'<details><summary class="quiet">{summary}</summary>{numbers}</details>'
    kinds = [
        (asked.html(figures.source_of(kind)), show.money(part.gross, one.currency), show.number(part.count))
        for kind, part in show.parts(one.by_source)
    ]
    by_kind = table((tr("Kind"), tr("Gross"), tr("Number")), kinds)
    return f'<dl class="sums">{head}</dl>{chart}{below}<h3>{escape(tr("By kind"))}</h3>{by_kind}'


def _described(one: CurrencySum, days: Days, show: Show) -> str:
    from bot.features.money.periods import chart  # noqa: PLC0415 - Pillow takes 50 ms to import

    return chart.described(one, days, show)


def _wanted(asked: ViewRequest) -> str:
    """Days that were typed, else those that were chosen."""
    return option(asked.query, "days", _LONGEST) or option(asked.query, "period", _LONGEST) or USUAL


def _form(asked: ViewRequest) -> str:
    chosen = option(asked.query, "period", _LONGEST) or USUAL
    options = "".join(
        f'<option value="{escape(one)}"{" selected" if one == chosen else ""}>{escape(tr(one))}</option>'
        for one in FIXED
    )
    typed = ""
    if asked.permit.money is MoneyView.EXACT:  # days of one's own, taken off each other, say more than ranges
        given = escape(option(asked.query, "days", _LONGEST))
        words = escape(tr("Or days of your own, such as 1–15 Nov"))
        typed = (
            f'<div><label for="days">{words}</label>'
            f'<input id="days" name="days" maxlength="{_LONGEST}" value="{given}" autocomplete="off"></div>'
        )
    return (
        f'<form class="choose" method="get"><div><label for="period">{escape(tr("Period"))}</label>'
        f'<select id="period" name="period">{options}</select></div>{typed}'
        f'<button type="submit">{escape(tr("Show"))}</button></form>'
    )
