"""Builds what chooses the media of templates."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.template_media.composition import TemplateComposition
from bot.features.inbox.templates.feature import TemplatesFeature


def build(ctx: FeatureContext) -> Feature:
    """After templates."""
    templates = ctx.get(TemplatesFeature)
    composition = TemplateComposition(ctx, finding=templates.finding, keeping=templates.keeping)
    return Feature(name="template media", services=(composition,))
