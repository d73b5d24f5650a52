"""Builds posts that programs write and a member publishes."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.channel_drafts.model import CHANNEL_DRAFT_DEEDS, CHANNEL_DRAFT_KINDS
from bot.features.operations.channel_drafts.proposal_deed import ProposalDeed
from bot.features.publishing.program_post_drafts.model import PROGRAM_POST, to_propose
from bot.features.publishing.proposals.unattended_service import UnattendedProposalService


def build(ctx: FeatureContext) -> Feature:
    """One kind of programs' drafts."""
    deed = ProposalDeed(PROGRAM_POST, "post", to_propose, ctx.get(UnattendedProposalService))
    return Feature(
        name="program post drafts",
        brings=(CHANNEL_DRAFT_KINDS.of(PROGRAM_POST), CHANNEL_DRAFT_DEEDS.of(deed)),
    )
