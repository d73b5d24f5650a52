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
    sets = SavedSets(ctx, finding=ctx.get(TemplatesFeature).finding, values=for_fan)
    composition = ReplyComposition(ctx, kept=ctx.get(ChecksFeature).kept, sets=sets)
    carried = WindowMediaService(
        ctx,
        kept=ctx.get(ChecksFeature).kept,
        filling=ctx.get(TemplatesFeature).filling,
        carriers=ctx.brought(CARRIED_MEDIA, "reply media"),
    )
    return Feature(name="reply media", services=(composition, carried))
