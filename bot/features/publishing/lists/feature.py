"""Builds what keeps lists of fans, and what other features put fans on lists with."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class ListsFeature:
    """The parts that the rest of the program speaks to. `building` is the port of other features."""

    looking: ListSearchService
    changing: ListService
    building: ListBuildService
    made: Mapping[str, EffectHandler]


def make_lists(on: Context, there: FanvueFanLists, size: int) -> ListsFeature:
    """`size`: how many fans go into one call at first."""
    jobs = ListJobs(sealer=on.sealer, clock=on.clock, ids=on.ids, size=size)
    going = ListJobService(
        jobs=jobs,
        effects=on.effects,
        commands=on.commands,
        dispatch=on.dispatch,
        clock=on.clock,
        ids=on.ids,
    )
    looking = ListSearchService(database=on.database, there=there, jobs=jobs)
    whom = ListQueryService(
        database=on.database, there=there, pseudonyms=on.effects.trail.pseudonyms, clock=on.clock
    )
    building = ListBuildService(
        database=on.database,
        effects=on.effects,
        jobs=jobs,
        going=going,
        looking=looking,
        whom=whom,
        clock=on.clock,
    )
    changing = ListService(
        database=on.database,
        effects=on.effects,
        building=building,
        looking=looking,
        clock=on.clock,
        ids=on.ids,
    )
    parts = ListEffectParts(on.database, there, jobs, going)
    made: dict[str, EffectHandler] = {
        MAKE: ListCreationHandler(parts),
        READ: ListReadHandler(parts),
        ADD: ListAdditionHandler(parts),
        CHANGE: ListChangeHandler(there, on.effects, on.commands, on.clock),
    }
    return ListsFeature(looking, changing, building, made)


def build(ctx: FeatureContext) -> Feature:
    """Lists of fans on Fanvue."""
    there = ctx.points.around("lists", FanvueFanLists(ctx.fanvue, ctx.identity, asyncio.sleep))
    lists = make_lists(ctx, there, ctx.settings.list_members)
    return Feature(
        name="lists",
        parts=(lists,),
        services=(lists.looking, lists.changing, lists.building),
        effects=lists.made,
    )
