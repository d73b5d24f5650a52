"""Builds the answers about money."""

from dataclasses import dataclass

from bot.engine.pseudonyms import Pseudonyms
from bot.features.money.ledger.service import LedgerService
from bot.features.money.reports.all_creators_service import AllCreatorsReportService
from bot.features.money.reports.service import Beside, EarningsReportService
from bot.features.money.reports.top_fans import TopFanNamesPort, TopFansReader
from bot.model.ports import Clock
from storage.database import Database


@dataclass(frozen=True)
class ReportsFeature:
    """What commands ask: about one creator, and about all."""

    answers: EarningsReportService
    everyone: AllCreatorsReportService


def open_income(
    *,
    database: Database,
    books: LedgerService,
    reading: TopFanNamesPort,
    names: Pseudonyms,
    clock: Clock,
    beside: Beside,
) -> ReportsFeature:
    """Answers from these books; `reading` tells names that the bridge never learned.

    `beside`: what else is said below the sums of some days.
    """
    spending = TopFansReader(database=database, reading=reading, names=names)
    answers = EarningsReportService(
        database=database, books=books, spending=spending, clock=clock, beside=beside
    )
    return ReportsFeature(answers, AllCreatorsReportService(answers=answers, books=books))
