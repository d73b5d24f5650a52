"""Builds what proposals are made of."""

from collections.abc import Sequence

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.publishing.proposals.effects import ProposalContext
from bot.features.publishing.proposals.model import PROPOSAL_KINDS, PROPOSAL_WRAPS, ProposalKind
from bot.features.publishing.proposals.notices import ProposalNotices
from bot.features.publishing.proposals.ports import SECOND_PERSON, SecondPersonPort
from bot.features.publishing.proposals.records import ProposalRecords
from bot.features.publishing.proposals.release_service import ProposalReleaseService
from bot.features.publishing.proposals.service import ProposalService
from bot.features.publishing.proposals.unattended_service import UnattendedProposalService
from bot.features.publishing.proposals.verdict_service import ProposalVerdictService
from bot.model.acting_account import ActingAccountChooser, OwnAccountOnly
from bot.relay.context import Context


class ProposalsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self,
        ctx: Context,
        features: Sequence[ProposalKind],
        second: SecondPersonPort | None = None,
        voices: ActingAccountChooser | None = None,
    ) -> None:
        """Proposals of these features; `second`: has another person asked."""
        telling = ProposalNotices(ctx)
        self.record = ProposalRecords(ctx)
        self.leaving = ProposalReleaseService(ctx)
        self.features = {feature.name: feature for feature in features}
        self.proposals = ProposalService(
            ctx, record=self.record, features=features, leaving=self.leaving, second=second
        )
        self.verdicts = ProposalVerdictService(ctx, telling=telling)
        # what the features' handlers are made with
        self.ground = ProposalContext(ctx, telling, voices or OwnAccountOnly())


def build(ctx: FeatureContext) -> Feature:
    """Every kind that features built before bring, looked at by what these wrap around it, in this order."""
    kinds = ctx.brought(PROPOSAL_KINDS, "proposals")
    for wrap in ctx.brought(PROPOSAL_WRAPS, "proposals"):
        kinds = [wrap(kind) for kind in kinds]
    second = next(iter(ctx.brought(SECOND_PERSON, "proposals")), None)
    made = ProposalsFeature(ctx, kinds, second, ctx.accounts)
    unattended = UnattendedProposalService(
        ctx, record=made.record, features=made.features, leaving=made.leaving
    )
    around = ctx.points.around("proposals", made.proposals)
    return Feature(name="proposals", parts=(made, unattended), services=(around, made.verdicts))
