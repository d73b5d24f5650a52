"""Builds the tour of new members."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.people.tour.effects import TourHandler
from bot.features.people.tour.scheduling import TOUR, TourScheduler
from bot.features.signals import GRANTED


def build(ctx: FeatureContext) -> Feature:
    """It hears of every grant."""
    return Feature(
        name="tour",
        effects=lambda on: {TOUR: TourHandler(database=ctx.database, private=on.private)},
        listeners=(GRANTED.to(TourScheduler(ctx.effects).granted),),
    )
