"""Builds templates that programs write and a member saves."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.program_template_drafts.model import PROGRAM_TEMPLATE
from bot.features.inbox.program_template_drafts.rule_deed import TemplateDeed
from bot.features.inbox.templates.service import TemplateService
from bot.features.operations.channel_drafts.model import CHANNEL_DRAFT_DEEDS, CHANNEL_DRAFT_KINDS


def build(ctx: FeatureContext) -> Feature:
    """One kind of programs' drafts."""
    deed = TemplateDeed(ctx.get(TemplateService))
    return Feature(
        name="program template drafts",
        brings=(CHANNEL_DRAFT_KINDS.of(PROGRAM_TEMPLATE), CHANNEL_DRAFT_DEEDS.of(deed)),
    )
