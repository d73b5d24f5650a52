"""Builds what keeps lists of fans, and what other features put fans on lists with."""

import asyncio

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.publishing.lists.build_effects import (
    ListAdditionHandler,
    ListCreationHandler,
    ListEffectParts,
    ListReadHandler,
)
from bot.features.publishing.lists.build_service import ListBuildService
from bot.features.publishing.lists.change_effects import CHANGE, ListChangeHandler
from bot.features.publishing.lists.fanvue import FanvueFanLists
from bot.features.publishing.lists.job_service import ADD, MAKE, READ, ListJobService
from bot.features.publishing.lists.jobs import ListJobs
from bot.features.publishing.lists.query_service import ListQueryService
from bot.features.publishing.lists.search_service import ListSearchService
from bot.features.publishing.lists.service import ListService
from bot.relay.context import Context


class ListsFeature:
    """The parts that the rest of the program speaks to. `building` is the port of other features."""

    def __init__(self, on: Context, there: FanvueFanLists, size: int) -> None:
        """`size`: how many fans go into one call at first."""
        jobs = ListJobs(on, size=size)
        going = ListJobService(on, jobs=jobs)
        self.looking = ListSearchService(database=on.database, there=there, jobs=jobs)
        whom = ListQueryService(on, there=there)
        self.building = ListBuildService(on, jobs=jobs, going=going, looking=self.looking, whom=whom)
        self.changing = ListService(on, building=self.building, looking=self.looking)
        parts = ListEffectParts(on.database, there, jobs, going)
        self.made: dict[str, EffectHandler] = {
            MAKE: ListCreationHandler(parts),
            READ: ListReadHandler(parts),
            ADD: ListAdditionHandler(parts),
            CHANGE: ListChangeHandler(on, there),
        }


def build(ctx: FeatureContext) -> Feature:
    """Lists of fans on Fanvue."""
    there = ctx.points.around("lists", FanvueFanLists(ctx.fanvue, ctx.identity, asyncio.sleep))
    lists = ListsFeature(ctx, there, ctx.settings.list_members)
    return Feature(
        name="lists",
        parts=(lists,),
        services=(lists.looking, lists.changing, lists.building),
        effects=lists.made,
    )
