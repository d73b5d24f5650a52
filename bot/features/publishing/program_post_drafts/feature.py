"""Builds posts that programs write and a member publishes."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.channel_drafts.model import CHANNEL_DRAFT_KINDS
from bot.features.publishing.program_post_drafts.model import PROGRAM_POST


def build(_ctx: FeatureContext) -> Feature:
    """One kind of programs' drafts."""
    return Feature(name="program post drafts", brings=(CHANNEL_DRAFT_KINDS.of(PROGRAM_POST),))
