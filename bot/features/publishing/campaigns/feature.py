"""Builds the board of mass messages, and what can be done with one of them."""

import asyncio
from collections.abc import Mapping

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.publishing.campaigns.actors import CampaignActors
from bot.features.publishing.campaigns.change_proposal import CampaignChangeHandler, CampaignChangeProposal
from bot.features.publishing.campaigns.effects import CampaignFollowUpHandler
from bot.features.publishing.campaigns.end_proposal import (
    CampaignEnded,
    CampaignEndHandler,
    CampaignEndProposal,
)
from bot.features.publishing.campaigns.fanvue import FanvueCampaigns
from bot.features.publishing.campaigns.home_part import planned_part
from bot.features.publishing.campaigns.reader import CampaignReader
from bot.features.publishing.campaigns.service import CampaignService
from bot.features.publishing.campaigns.tasks import CampaignFollowUpTask
from bot.features.publishing.mass_messages.feature import MassMessagesFeature
from bot.features.publishing.proposals.effects import ProposalContext
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.proposals.model import PROPOSAL_KINDS, kind_of
from bot.features.signals import MASS_MESSAGE_DUE, MASS_MESSAGE_ENDED
from bot.relay.context import Context
from storage.publishing.campaigns import LOOK


class CampaignsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self, ctx: Context, *, fanvue: FanvueCampaigns, mass_kind: str, ended: CampaignEnded
    ) -> None:
        """Mass messages on this Fanvue, once they were made. `mass_kind`: of the effects that make them."""
        self._ended = ended
        self.following = CampaignFollowUpTask(ctx, kind=mass_kind)
        reading = CampaignReader(ctx, doers=CampaignActors(ctx.effects))
        self.change = CampaignChangeProposal(reading, fanvue)
        self.end = CampaignEndProposal(reading, fanvue)
        self.listing = CampaignService(reading, fanvue)
        self.fanvue = fanvue

    def handlers(self, ground: ProposalContext) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the board's own."""
        look = CampaignFollowUpHandler(ground.ctx, fanvue=self.fanvue, ended=self._ended)
        return {
            LOOK: look,
            kind_of(self.change.name): CampaignChangeHandler(ground, fanvue=self.fanvue),
            kind_of(self.end.name): CampaignEndHandler(ground, fanvue=self.fanvue, ended=self._ended),
        }


def build(ctx: FeatureContext) -> Feature:
    """Owners' actions on mass messages that were made."""
    there = ctx.points.around("campaigns", FanvueCampaigns(ctx.fanvue, ctx.identity, asyncio.sleep))
    campaigns = CampaignsFeature(
        ctx,
        fanvue=there,
        mass_kind=ctx.get(MassMessagesFeature).kind,
        ended=ctx.listeners.telling(MASS_MESSAGE_ENDED),
    )
    campaigns.following.on_sent = ctx.listeners.telling(MASS_MESSAGE_DUE)
    return Feature(
        name="campaigns",
        parts=(campaigns,),
        services=(campaigns.listing,),
        effects=lambda _on: campaigns.handlers(ctx.get(ProposalsFeature).ground),
        tasks=(campaigns.following.task(divisor=ctx.divisor),),
        brings=(
            PROPOSAL_KINDS.of(campaigns.change),
            PROPOSAL_KINDS.of(campaigns.end),
            planned_part(campaigns.listing),
        ),
    )
