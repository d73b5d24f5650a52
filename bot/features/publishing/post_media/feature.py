"""Builds what chooses the media of posts."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.reply_media.bundles import SavedSets, for_all
from bot.features.inbox.templates.feature import TemplatesFeature
from bot.features.publishing.post_media.composition import PostComposition
from bot.features.publishing.proposals.feature import ProposalsFeature


def build(ctx: FeatureContext) -> Feature:
    """After proposals and templates."""
    proposing = ctx.get(ProposalsFeature)
    sets = SavedSets(
        database=ctx.database,
        finding=ctx.get(TemplatesFeature).finding,
        clock=ctx.clock,
        values=for_all,
    )
    composition = PostComposition(
        database=ctx.database,
        record=proposing.record,
        kinds=proposing.features,
        sets=sets,
        clock=ctx.clock,
    )
    return Feature(name="post media", services=(composition,))
