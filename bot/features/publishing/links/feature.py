"""Builds what lists, makes and deletes tracking links."""

from collections.abc import Mapping, Sequence

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.publishing.links.effects import TrackingLinkCreationHandler, TrackingLinkDeletionHandler
from bot.features.publishing.links.fanvue import FanvueTrackingLinks
from bot.features.publishing.links.list_service import TrackingLinkListService
from bot.features.publishing.links.proposals import (
    CREATE,
    DELETE,
    TrackingLinkCreationProposal,
    TrackingLinkDeletionProposal,
)
from bot.features.publishing.proposals.effects import ProposalContext
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.proposals.model import PROPOSAL_KINDS, ProposalKind, kind_of
from bot.relay.context import Context


class TrackingLinksFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, ctx: Context, there: FanvueTrackingLinks) -> None:
        """`there`: the links on Fanvue."""
        self.listing = TrackingLinkListService(ctx, there=there)
        self.features: Sequence[ProposalKind] = [
            TrackingLinkCreationProposal(there),
            TrackingLinkDeletionProposal(there),
        ]
        self.there = there

    def handlers(self, ground: ProposalContext) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of tracking links."""
        return {
            kind_of(CREATE): TrackingLinkCreationHandler(ground, self.there),
            kind_of(DELETE): TrackingLinkDeletionHandler(ground, self.there),
        }


def build(ctx: FeatureContext) -> Feature:
    """Owners' actions on tracking links."""
    there = ctx.points.around("tracking", FanvueTrackingLinks(ctx.fanvue, ctx.identity))
    links = TrackingLinksFeature(ctx, there)
    return Feature(
        name="links",
        services=(links.listing,),
        effects=lambda _on: links.handlers(ctx.get(ProposalsFeature).ground),
        brings=[PROPOSAL_KINDS.of(kind) for kind in links.features],
    )
