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
    sets = SavedSets(ctx, finding=ctx.get(TemplatesFeature).finding, values=for_all)
    composition = PostComposition(ctx, record=proposing.record, kinds=proposing.features, sets=sets)
    return Feature(name="post media", services=(composition,))
