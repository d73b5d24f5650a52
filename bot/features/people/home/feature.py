"""Builds the panel of what a member needs to know now."""

from bot.access.permits import Access
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.people.home.model import HOME_PARTS
from bot.features.people.home.service import HomeService


def build(ctx: FeatureContext) -> Feature:
    """Each feature brings its parts, so it knows none of them."""
    home = HomeService(access=Access(ctx.database), parts=ctx.brought(HOME_PARTS, "home"))
    return Feature(name="home", services=(home,))
