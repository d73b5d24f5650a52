"""What commands and buttons call, of every feature."""

import time

from bot.access.permits import Access
from bot.access.subjects import ActionSubjectFinder
from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.app.refusals import REFUSALS
from bot.discord.command_quota import CommandQuota
from bot.discord.context import Uses
from bot.discord.uses_alerts import AlertUses
from bot.discord.uses_approving import ApprovalUses
from bot.discord.uses_care import CareUses
from bot.discord.uses_credit import CreditUses
from bot.discord.uses_digests import DigestUses
from bot.discord.uses_inbox import InboxUses
from bot.discord.uses_money import MoneyUses
from bot.discord.uses_pausing import PausingUses
from bot.discord.uses_sending import SendingUses
from bot.engine.denials import DenialRecorder
from bot.engine.guild_routing import GuildRoutingGuard
from bot.fanvue.hooks import EVENTS
from bot.features.contract import BuiltFeatures
from bot.features.inbox.approvals.feature import ApprovalsFeature
from bot.features.inbox.board.feature import BoardFeature
from bot.features.inbox.chat_settings.service import ChatSettingsService
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.claims.feature import ClaimsFeature
from bot.features.inbox.guard.feature import GuardFeature
from bot.features.inbox.holding.feature import HoldingFeature
from bot.features.inbox.message_replies.feature import MessageRepliesFeature
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.pricing.feature import PricingFeature
from bot.features.inbox.profiles.service import ProfileService
from bot.features.inbox.promises.feature import PromisesFeature
from bot.features.inbox.purchases.feature import PurchasesFeature
from bot.features.inbox.snooze.feature import SnoozeFeature
from bot.features.inbox.templates.feature import TemplatesFeature
from bot.features.inbox.timers.feature import TimersFeature
from bot.features.money.credit.feature import CreditFeature
from bot.features.money.digests.feature import DigestsFeature
from bot.features.money.goals.feature import GoalsFeature
from bot.features.money.ledger.feature import LedgerFeature
from bot.features.money.reports.feature import ReportsFeature
from bot.features.money.subscribers.feature import SubscribersFeature
from bot.features.operations.alerts.feature import AlertsFeature
from bot.features.operations.problems.feature import ProblemsFeature
from bot.features.people.audit.service import AuditService
from bot.features.people.offboarding.feature import OffboardingFeature
from bot.features.people.pausing.feature import PausesFeature
from bot.features.people.privacy.feature import PrivacyFeature
from bot.features.people.reviews.feature import ReviewsFeature
from bot.features.people.team.feature import TeamFeature
from bot.features.people.workload.service import WorkloadService
from bot.features.publishing.campaigns.feature import CampaignsFeature
from bot.features.publishing.drafts.feature import DraftsFeature
from bot.features.publishing.links.feature import TrackingLinksFeature
from bot.features.publishing.lists.feature import ListsFeature
from bot.features.publishing.mass_messages.feature import MassMessagesFeature
from bot.features.publishing.media.creator_pictures import CreatorPictures
from bot.features.publishing.media.service import MediaService
from bot.features.publishing.post_management.feature import PostManagementFeature
from bot.features.publishing.post_threads.feature import PostThreadsFeature
from bot.features.publishing.posts.feature import PostsFeature
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.safety.feature import SafetyFeature
from bot.features.publishing.suggestions.feature import SuggestionsFeature
from bot.features.publishing.uploads.feature import UploadsFeature
from bot.relay.automod_blocked import BlockedLines
from bot.relay.forum_places import ForumPlaces
from bot.relay.live_event_status import LiveEventStatus


def uses_of(core: AppContext, links: LinkedAccounts, features: BuiltFeatures) -> Uses:
    """What commands and buttons call: the groups', and what every command needs."""
    places = _places(core)
    return Uses(
        **vars(_inbox(core, features)),
        **vars(_sending(core, features)),
        **vars(_money(features)),
        **vars(_care(features)),
        access=Access(core.database),
        subjects=ActionSubjectFinder(core.database),
        denied=_denials(core).note,
        commands=core.points.around("command", core.commands),
        linking=links.linking,
        places=places,
        faces=features.get(CreatorPictures).of,
        profiles=features.get(ProfileService),
        chat_of=places.chat_of,
        hidden=BlockedLines(database=core.database, effects=core.effects).show,
        live_events=LiveEventStatus(core.database, EVENTS).of,
        agency=links.agency.desk,
        scopes=core.settings.fanvue_scopes,
        refusals=REFUSALS,
        unserved=core.serving.refuses,
        spend=_quota(core).spend,
        elsewhere=GuildRoutingGuard(database=core.database, serving=core.serving).refusal,
        sure=_alone if core.together.seat is None else core.together.seat.sure,
    )


def _quota(core: AppContext) -> CommandQuota:
    settings = core.settings
    return CommandQuota(settings.commands_per_minute * settings.window_divisor, time.monotonic)


async def _alone() -> None:
    """Nobody else can have the session with Discord."""


def _inbox(core: AppContext, features: BuiltFeatures) -> InboxUses:
    checks, approvals = features.get(ChecksFeature), features.get(ApprovalsFeature)
    notes, alerts = features.get(NotesFeature), features.get(AlertsFeature)
    return InboxUses(
        replies=core.points.around("reply", checks.replies),
        pressing=core.points.around("pressing", checks.pressing),
        reviewing=ApprovalUses(approvals.listing, approvals.deciding),
        reviews=features.get(ReviewsFeature),
        claiming=features.get(ClaimsFeature).claiming,
        snoozing=features.get(SnoozeFeature),
        marking=features.get(ChatSettingsService),
        timers=features.get(TimersFeature).setting,
        promises=features.get(PromisesFeature),
        holding=features.get(HoldingFeature),
        templates=features.get(TemplatesFeature),
        notes=notes.notes,
        tags=notes.tags,
        items=features.get(PurchasesFeature).items,
        pricing=features.get(PricingFeature).setting,
        guarding=features.get(GuardFeature).setting,
        finding=notes.finding,
        waiting=features.get(BoardFeature).reading,
        noticing=features.get(ProblemsFeature).noticing,
        workload=features.get(WorkloadService),
        typed=features.get(MessageRepliesFeature),
        alerts=AlertUses(alerts.setting, alerts.asking),
    )


def _sending(core: AppContext, features: BuiltFeatures) -> SendingUses:
    proposing, safety = features.get(ProposalsFeature), features.get(SafetyFeature)
    return SendingUses(
        media=features.get(MediaService),
        uploads=core.points.around("uploading", features.get(UploadsFeature).asking),
        lists=features.get(ListsFeature),
        proposals=core.points.around("proposals", proposing.proposals),
        verdicts=proposing.verdicts,
        composing=features.get(DraftsFeature).composing,
        mass_safety=safety,
        quiet_hours=safety.quiet,
        mass_cap=safety.cap,
        one_fan=safety.one_fan,
        tracking=features.get(TrackingLinksFeature).listing,
        feed=features.get(PostManagementFeature).listing,
        suggestions=features.get(SuggestionsFeature),
        collections_like=features.get(PostsFeature).shelves.like,
        postcards=features.get(PostThreadsFeature),
        campaigns=features.get(CampaignsFeature).listing,
        lists_like=features.get(MassMessagesFeature).lists.like,
    )


def _money(features: BuiltFeatures) -> MoneyUses:
    subscribers, digests = features.get(SubscribersFeature), features.get(DigestsFeature)
    credit = features.get(CreditFeature)
    return MoneyUses(
        income=features.get(ReportsFeature),
        subscribers=subscribers.asking,
        subscriber_list=subscribers.listing,
        goals=features.get(GoalsFeature).desk,
        digests=DigestUses(digests.setting, digests.previewing),
        ledger=features.get(LedgerFeature).desk,
        credit=CreditUses(credit.statements, credit.sales, credit.moving),
    )


def _care(features: BuiltFeatures) -> CareUses:
    problems = features.get(ProblemsFeature)
    return CareUses(
        problems=problems.problems,
        privacy=features.get(PrivacyFeature),
        team=features.get(TeamFeature),
        pausing=PausingUses(*features.get(PausesFeature)),
        removing=features.get(OffboardingFeature).removing,
        audit=features.get(AuditService),
        unsend=problems.unsending.unsend,
        status=problems.status.of,
    )


def _denials(core: AppContext) -> DenialRecorder:
    return DenialRecorder(database=core.database, trail=core.effects.trail, clock=core.clock)


def _places(core: AppContext) -> ForumPlaces:
    return ForumPlaces(
        database=core.database,
        effects=core.effects,
        dispatch=core.dispatch,
        clock=core.clock,
        ids=core.ids,
        serving=core.serving,
    )
