"""Builds what adds media to replies."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.reply_media.bundles import SavedSets, for_fan
from bot.features.inbox.reply_media.carried_media import CARRIED_MEDIA
from bot.features.inbox.reply_media.composition import ReplyComposition
from bot.features.inbox.reply_media.window_media import WindowMediaService
from bot.features.inbox.templates.feature import TemplatesFeature


def build(ctx: FeatureContext) -> Feature:
    """After replies and templates."""
    sets = SavedSets(
        database=ctx.database,
        finding=ctx.get(TemplatesFeature).finding,
        clock=ctx.clock,
        values=for_fan,
    )
    composition = ReplyComposition(
        database=ctx.database,
        commands=ctx.commands,
        kept=ctx.get(ChecksFeature).kept,
        sets=sets,
        clock=ctx.clock,
    )
    carried = WindowMediaService(
        database=ctx.database,
        commands=ctx.commands,
        kept=ctx.get(ChecksFeature).kept,
        filling=ctx.get(TemplatesFeature).filling,
        carriers=ctx.brought(CARRIED_MEDIA, "reply media"),
    )
    return Feature(name="reply media", services=(composition, carried))
