"""Builds the answers about money."""

import asyncio

from bot.engine.pseudonyms import Pseudonyms
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.money.goals.feature import GoalsFeature
from bot.features.money.ledger.feature import LedgerFeature
from bot.features.money.ledger.service import LedgerService
from bot.features.money.periods.fanvue import FanvueCreatorFigures
from bot.features.money.reports.all_creators_service import AllCreatorsReportService
from bot.features.money.reports.home_part import earnings_part
from bot.features.money.reports.service import Beside, EarningsReportService
from bot.features.money.reports.today_service import TodayEarningsService
from bot.features.money.reports.top_fans import TopFanNamesPort, TopFansReader
from bot.model.ports import Clock
from storage.database import Database


class ReportsFeature:
    """Answers to commands: of one creator, and of all."""

    def __init__(
        self,
        *,
        database: Database,
        books: LedgerService,
        reading: TopFanNamesPort,
        names: Pseudonyms,
        clock: Clock,
        beside: Beside,
    ) -> None:
        """Answers from these books; `reading` tells names that the bridge never learned.

        `beside`: what else is said below the sums of some days.
        """
        self.spending = TopFansReader(database=database, reading=reading, names=names)
        self.answers = EarningsReportService(
            database=database, books=books, spending=self.spending, clock=clock, beside=beside
        )
        self.everyone = AllCreatorsReportService(answers=self.answers, books=books)


def build(ctx: FeatureContext) -> Feature:
    """Below the sums of some days stands how far the goals are."""
    reports = ReportsFeature(
        database=ctx.database,
        books=ctx.get(LedgerFeature).books,
        reading=FanvueCreatorFigures(ctx.fanvue, ctx.identity, asyncio.sleep),
        names=ctx.effects.trail.pseudonyms,
        clock=ctx.clock,
        beside=ctx.get(GoalsFeature).desk.beside,
    )
    books = ctx.get(LedgerFeature).books
    today = TodayEarningsService(ctx, books=books)
    return Feature(
        name="reports",
        services=(reports.answers, reports.everyone),
        parts=(reports.spending,),
        brings=(earnings_part(today),),
    )
