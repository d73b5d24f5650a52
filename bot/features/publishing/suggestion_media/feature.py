"""Builds what chooses the media of suggested posts."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.reply_media.bundles import SavedSets, for_all
from bot.features.inbox.templates.feature import TemplatesFeature
from bot.features.publishing.suggestion_media.composition import SuggestionComposition
from bot.features.publishing.suggestions.edit_service import SuggestionEditService


def build(ctx: FeatureContext) -> Feature:
    """After suggestions and templates."""
    sets = SavedSets(ctx, finding=ctx.get(TemplatesFeature).finding, values=for_all)
    composition = SuggestionComposition(ctx, rewriting=ctx.get(SuggestionEditService), sets=sets)
    return Feature(name="suggestion media", services=(composition,))
