"""Builds what reads the Fanvue lists that routing rules name."""

import asyncio

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.routing_lists.fanvue import FanvueRoutingLists
from bot.features.inbox.routing_lists.service import RoutingListService
from bot.features.inbox.routing_lists.tasks import RoutingListTask


def build(ctx: FeatureContext) -> Feature:
    """Nothing is read as long as no rule names a list."""
    there = ctx.points.around("routing_lists", FanvueRoutingLists(ctx.fanvue, ctx.identity, asyncio.sleep))
    reading = RoutingListTask(ctx, there=there, pseudonyms=ctx.effects.trail.pseudonyms, divisor=ctx.divisor)
    return Feature(
        name="routing_lists",
        parts=(RoutingListService(ctx, there=there),),
        tasks=(reading.task(),),
    )
