"""The sections of earnings and of those who spent most, from the ledger."""

from bot.access.roles import MoneyView
from bot.features.money.ledger.service import LedgerService
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days
from bot.features.money.periods.read_limit import told
from bot.features.money.reports.service import EarningsReportService
from bot.features.money.reports.top_fans import TopFansReader
from bot.features.operations.creator_context.amounts import amount, count
from bot.features.operations.creator_context.model import (
    ContextPeriod,
    ContextSpender,
    CurrencyEarnings,
    EarningsSection,
    KindEarnings,
    TopSpendersSection,
)
from bot.features.operations.creator_context.model_parts import moment
from bot.features.operations.creator_context.subscribers_section import name_or_none
from storage.money.earning_answers import Spender
from storage.records import CreatorId, Fan


class MoneySectionReader:
    """`level` is never HIDDEN. Raises FiguresUnavailable, also where a period is not understood."""

    def __init__(self, books: LedgerService, reports: EarningsReportService, spending: TopFansReader) -> None:
        self._books = books
        self._reports = reports
        self._spending = spending

    async def days(self, creator: CreatorId, period: str, level: MoneyView) -> Days:
        """The days that are meant, in the creator's zone."""
        return (await self._reports.meant(creator, period, level)).days

    async def earnings(self, creator: CreatorId, period: str, level: MoneyView) -> EarningsSection:
        days = await self.days(creator, period, level)
        found = await told(lambda: self._books.earnings(creator, days))
        return EarningsSection(
            period=_period(days),
            as_of=moment(found.as_of),
            totals=[_total(one, level) for one in found.sums],
            unreadable=found.unreadable,
        )

    async def top_spenders(self, creator: CreatorId, period: str, level: MoneyView) -> TopSpendersSection:
        days = await self.days(creator, period, level)
        as_of = await told(lambda: self._books.read(creator, days))
        found = await self._spending.top(creator, days)
        people = [_spender(one, found.fans.get(one.fan), level) for one in found.spenders if one.fan]
        return TopSpendersSection(period=_period(days), as_of=moment(as_of), people=people)


def _period(days: Days) -> ContextPeriod:
    return ContextPeriod(first=days.first, last=days.last)


def _total(one: CurrencySum, level: MoneyView) -> CurrencyEarnings:
    return CurrencyEarnings(
        gross=amount(one.gross, one.currency, level),
        net=amount(one.net, one.currency, level),
        payments=count(one.count, level),
        without_net=count(one.without_net, level),
        by_kind=[
            KindEarnings(
                kind=kind,
                gross=amount(part.gross, one.currency, level),
                payments=count(part.count, level),
            )
            for kind, part in one.by_source.items()
        ],
    )


def _spender(one: Spender, fan: Fan | None, level: MoneyView) -> ContextSpender:
    return ContextSpender(
        id=None if fan is None else fan.id,
        handle=None if fan is None else name_or_none(fan.handle),
        name=None if fan is None else name_or_none(fan.display_name),
        total=amount(one.gross, one.currency, level),
        payments=count(one.number, level),
    )
