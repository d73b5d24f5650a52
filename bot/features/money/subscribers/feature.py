"""Builds what knows of a creator's subscribers."""

import asyncio

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.money.periods.fanvue import FanvueCreatorFigures
from bot.features.money.subscribers.list_service import SubscriberListService
from bot.features.money.subscribers.recorder import SubscriptionRecorder
from bot.features.money.subscribers.records import SubscriptionCounter
from bot.features.money.subscribers.service import SubscribersService
from bot.features.signals import FACT_DECIDED
from bot.relay.context import Context


class SubscribersFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, ctx: Context, *, reading: FanvueCreatorFigures) -> None:
        """`reading`: Fanvue's own figures."""
        self.asking = SubscribersService(ctx, reading=reading)
        self.listing = SubscriberListService(ctx, reading=reading)
        self.hearing = SubscriptionRecorder(ctx.effects.trail.pseudonyms)
        self.counting = SubscriptionCounter(ctx.clock)


def build(ctx: FeatureContext) -> Feature:
    """Subscriptions are counted as they come and go, and looked up on Fanvue."""
    subscribers = SubscribersFeature(
        ctx, reading=FanvueCreatorFigures(ctx.fanvue, ctx.identity, asyncio.sleep)
    )
    return Feature(
        name="subscribers",
        parts=(subscribers,),
        services=(subscribers.asking, subscribers.listing),
        listeners=(FACT_DECIDED.to(subscribers.hearing.happened),),
    )
