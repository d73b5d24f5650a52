"""Builds what stands between a press and a mass message."""

from dataclasses import dataclass

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.publishing.campaigns.feature import CampaignsFeature
from bot.features.publishing.lists.build_service import ListBuildService
from bot.features.publishing.lists.feature import ListsFeature
from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.mass_messages.feature import MassMessagesFeature
from bot.features.publishing.mass_messages.ports import EXCLUSION_LISTS
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.proposals.model import PROPOSAL_WRAPS, ProposalKind
from bot.features.publishing.proposals.notices import ProposalNotices as Ends
from bot.features.publishing.proposals.ports import SECOND_PERSON
from bot.features.publishing.safety import setting_rows
from bot.features.publishing.safety.cancellation_service import MassMessageCancellationService
from bot.features.publishing.safety.exclusion_list_effects import ExclusionListGate, ExclusionListHandler
from bot.features.publishing.safety.exclusion_proposal_decorator import ExclusionProposalDecorator
from bot.features.publishing.safety.exclusion_service import ExclusionService
from bot.features.publishing.safety.limit_kinds import CAP, LIMITS
from bot.features.publishing.safety.limit_proposal_decorator import MassLimitProposalDecorator
from bot.features.publishing.safety.limit_setting import MassCapSetting, MassLimitSetting
from bot.features.publishing.safety.message_history import MassMessageHistory
from bot.features.publishing.safety.overlap_proposal_decorator import (
    MassMessageListPort,
    OverlapProposalDecorator,
)
from bot.features.publishing.safety.overlap_search import OverlapSearch
from bot.features.publishing.safety.quiet_hours_proposal_decorator import QuietHoursProposalDecorator
from bot.features.publishing.safety.quiet_hours_setting import QuietHoursSetting
from bot.features.publishing.safety.second_person_expiry import SecondPersonExpiry
from bot.features.publishing.safety.second_person_notices import SecondPersonNotices
from bot.features.publishing.safety.second_person_requests import SecondPersonRequests
from bot.features.publishing.safety.second_person_service import SecondPersonService
from bot.features.publishing.safety.trial_service import TrialSendService
from bot.relay.context import Context


@dataclass(frozen=True)
class SafetySources:
    """The names of mass messages and of their changes, and the ports that read those and their lists."""

    on: Context
    mass: str
    change: str
    there: MassMessageListPort
    members: FanvueMassMessages


def watched(kind: ProposalKind, of: SafetySources) -> ProposalKind:
    """The kind, with what stands between its preview and a press; others are as they were."""
    on, mass = of.on, kind.name == of.mass
    if mass:
        sames = OverlapSearch(on.effects, of.mass)
        kind = OverlapProposalDecorator(on, kind, sames=sames, there=of.there)
    if mass or kind.name == of.change:
        kind = QuietHoursProposalDecorator(on, kind)
    if mass:
        kind = MassLimitProposalDecorator(on, kind)
        kind = ExclusionProposalDecorator(on, kind, whom=_whom(of))
    return kind


class SafetyFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, of: SafetySources, proposing: ProposalsFeature, building: ListBuildService) -> None:
        """`building`: makes the lists of fans who are left out."""
        on, mass = of.on, of.mass
        record = proposing.record
        self.setting = MassLimitSetting(on, LIMITS)
        self.quiet = QuietHoursSetting(on)
        self.one_fan = TrialSendService(on)
        self.stopping = MassMessageCancellationService(on, telling=Ends(on))
        self.seconding = SecondPersonService(
            on,
            record=record,
            leaving=proposing.leaving,
            telling=SecondPersonNotices(on),
            feature=proposing.features[mass],
        )
        self.expiring = SecondPersonExpiry(on, record=record, telling=SecondPersonNotices(on))
        self.cap = MassCapSetting(on, CAP)
        self.left = ExclusionListHandler(on, telling=Ends(on), whom=_whom(of), building=building)


def _whom(of: SafetySources) -> ExclusionService:
    on = of.on
    return ExclusionService(
        on, earliers=MassMessageHistory(on.effects, of.mass), there=of.there, members=of.members
    )


def build_limits(ctx: FeatureContext) -> Feature:
    """The limits between a preview and a press: before the proposals."""
    mass, campaigns = ctx.get(MassMessagesFeature), ctx.get(CampaignsFeature)
    sources = SafetySources(ctx, mass.feature.name, campaigns.change.name, campaigns.fanvue, mass.fanvue)
    outs = ExclusionListGate(ctx)
    return Feature(
        name="mass message limits",
        parts=(sources,),
        brings=(
            PROPOSAL_WRAPS.of(lambda kind: watched(kind, sources)),
            SECOND_PERSON.of(SecondPersonRequests(telling=SecondPersonNotices(ctx), clock=ctx.clock)),
            EXCLUSION_LISTS.of(outs),
        ),
    )


def build(ctx: FeatureContext) -> Feature:
    """Members' settings of limits, second persons and exclusions."""
    building = ctx.get(ListsFeature).building
    safety = SafetyFeature(ctx.get(SafetySources), ctx.get(ProposalsFeature), building)
    return Feature(
        name="safety",
        services=(
            safety.setting,
            safety.stopping,
            safety.seconding,
            safety.quiet,
            safety.cap,
            safety.one_fan,
        ),
        effects=safety.left.handlers(),
        tasks=(safety.expiring.task(divisor=ctx.divisor),),
        brings=setting_rows.ROWS,
    )
