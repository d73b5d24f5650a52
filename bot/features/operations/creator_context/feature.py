"""Builds the context of creators for agents and other programs."""

import asyncio

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.money.ledger.feature import LedgerFeature
from bot.features.money.periods.fanvue import FanvueCreatorFigures
from bot.features.money.reports.service import EarningsReportService
from bot.features.money.reports.top_fans import TopFansReader
from bot.features.operations.creator_context.media_section import MediaSectionReader
from bot.features.operations.creator_context.money_sections import MoneySectionReader
from bot.features.operations.creator_context.page import ContextPage
from bot.features.operations.creator_context.service import CreatorContextService
from bot.features.operations.creator_context.subscribers_section import SubscribersSectionReader
from bot.features.operator_pages import OPERATOR_PAGES
from bot.features.publishing.media.fanvue import FanvueVault


def build(ctx: FeatureContext) -> Feature:
    """It reads what people read with commands, and answers the operator's shell."""
    figures = FanvueCreatorFigures(ctx.fanvue, ctx.identity, asyncio.sleep)
    money = MoneySectionReader(
        ctx.get(LedgerFeature).books, ctx.get(EarningsReportService), ctx.get(TopFansReader)
    )
    service = CreatorContextService(
        database=ctx.database,
        trail=ctx.effects.trail,
        clock=ctx.clock,
        media=MediaSectionReader(FanvueVault(ctx.fanvue)),
        subscribers=SubscribersSectionReader(ctx.database, figures),
        money=money,
    )
    page = ContextPage(service, ctx.keyring, ctx.clock)
    return Feature(name="creator_context", parts=(service,), brings=(OPERATOR_PAGES.of(page.page()),))
