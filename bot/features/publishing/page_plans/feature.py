"""Builds what members plan on the web page."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.channel_drafts.feature import ChannelDraftsFeature
from bot.features.operations.channel_drafts.model import CHANNEL_DRAFT_KINDS
from bot.features.people.offboarding.parts import OFFBOARDING_PARTS
from bot.features.publishing.page_plans.departure_service import PagePlanDeparture
from bot.features.publishing.page_plans.service import PagePlanService


def build(ctx: FeatureContext) -> Feature:
    """After the drafts of the alerts channel, which these are, and before what ends with a member."""
    records = ctx.get(ChannelDraftsFeature).records
    planning = PagePlanService(ctx, ctx.brought(CHANNEL_DRAFT_KINDS, "page plans"), records=records)
    return Feature(
        name="page plans",
        parts=(planning,),
        brings=(OFFBOARDING_PARTS.of(PagePlanDeparture(records)),),
    )
