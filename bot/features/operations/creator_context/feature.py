"""Builds the context of creators for agents and other programs."""

import asyncio

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.money.ledger.feature import LedgerFeature
from bot.features.money.periods.fanvue import FanvueCreatorFigures
from bot.features.money.reports.service import EarningsReportService
from bot.features.money.reports.top_fans import TopFansReader
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.creator_context.media_section import MediaSectionReader
from bot.features.operations.creator_context.money_sections import MoneySectionReader
from bot.features.operations.creator_context.pages import context_pages
from bot.features.operations.creator_context.plan_sections import PlanSectionReader
from bot.features.operations.creator_context.reader_doors import ReaderDoors
from bot.features.operations.creator_context.service import CreatorContextService
from bot.features.operations.creator_context.subscribers_section import SubscribersSectionReader
from bot.features.operations.operator_requests.door import OperatorDoor
from bot.features.publishing.campaigns.fanvue import FanvueCampaigns
from bot.features.publishing.media.fanvue import FanvueVault
from bot.features.publishing.post_management.fanvue import FanvuePostManagement


def build(ctx: FeatureContext) -> Feature:
    """It reads what people read with commands, for the operator's shell and for keys."""
    figures = FanvueCreatorFigures(ctx.fanvue, ctx.identity, asyncio.sleep)
    money = MoneySectionReader(
        ctx.get(LedgerFeature).books, ctx.get(EarningsReportService), ctx.get(TopFansReader)
    )
    plans = PlanSectionReader(
        FanvueCampaigns(ctx.fanvue, ctx.identity, asyncio.sleep),
        FanvuePostManagement(ctx.fanvue, ctx.identity, pause=asyncio.sleep),
        ctx.clock,
    )
    service = CreatorContextService(
        ctx,
        media=MediaSectionReader(FanvueVault(ctx.fanvue, pause=asyncio.sleep)),
        subscribers=SubscribersSectionReader(ctx.database, figures),
        money=money,
        plans=plans,
    )
    doors = ReaderDoors(ctx.get(OperatorDoor), ctx.get(ApiKeyDoor))
    return Feature(
        name="creator_context", parts=(service, doors, plans), brings=context_pages(service, doors)
    )
