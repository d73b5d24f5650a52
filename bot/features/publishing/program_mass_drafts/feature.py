"""Builds mass messages that programs write and a member takes over."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.channel_drafts.model import CHANNEL_DRAFT_DEEDS, CHANNEL_DRAFT_KINDS
from bot.features.operations.channel_drafts.proposal_deed import ProposalDeed
from bot.features.publishing.program_mass_drafts.model import PROGRAM_MASS, to_propose
from bot.features.publishing.proposals.unattended_service import UnattendedProposalService


def build(ctx: FeatureContext) -> Feature:
    """One kind of programs' drafts."""
    deed = ProposalDeed(PROGRAM_MASS, "mass", to_propose, ctx.get(UnattendedProposalService))
    return Feature(
        name="program mass drafts",
        brings=(CHANNEL_DRAFT_KINDS.of(PROGRAM_MASS), CHANNEL_DRAFT_DEEDS.of(deed)),
    )
