"""Builds mass messages that programs write and a member takes over."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.channel_drafts.model import CHANNEL_DRAFT_KINDS
from bot.features.publishing.program_mass_drafts.model import PROGRAM_MASS


def build(_ctx: FeatureContext) -> Feature:
    """One kind of programs' drafts."""
    return Feature(name="program mass drafts", brings=(CHANNEL_DRAFT_KINDS.of(PROGRAM_MASS),))
