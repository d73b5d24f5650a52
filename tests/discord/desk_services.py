"""Who at a desk stands for which service."""

from typing import Any

from bot.access.permits import Access
from bot.access.subjects import ActionSubjectFinder
from bot.engine.commands import Commands
from bot.features.inbox.approvals.decision_service import ApprovalDecisionService
from bot.features.inbox.approvals.list_service import ApprovalListService
from bot.features.inbox.board.service import BoardService
from bot.features.inbox.chat_settings.service import ChatSettingsService
from bot.features.inbox.checks.pending_reply_service import PendingReplyService
from bot.features.inbox.claims.service import ClaimService
from bot.features.inbox.guard.setting import GuardSetting
from bot.features.inbox.holding.cancellation_service import ReplyCancellationService
from bot.features.inbox.holding.setting import ReplyHoldSetting
from bot.features.inbox.message_replies.question_service import MessageQuestionService
from bot.features.inbox.message_replies.setting import MessageReplySetting
from bot.features.inbox.message_replies.stopped_message_service import StoppedMessageService
from bot.features.inbox.notes.search_service import FanSearchService
from bot.features.inbox.notes.service import NoteService
from bot.features.inbox.notes.tag_service import FanTagService
from bot.features.inbox.pricing.setting import PriceLimitSetting
from bot.features.inbox.profiles.service import ProfileService
from bot.features.inbox.promises.list_service import PromiseListService
from bot.features.inbox.promises.service import PromiseService
from bot.features.inbox.promises.source_service import PromiseSourceService
from bot.features.inbox.purchases.service import PurchaseService
from bot.features.inbox.snooze.bulk_service import BulkSnoozeService
from bot.features.inbox.snooze.service import SnoozeService
from bot.features.inbox.templates.export_service import TemplateExportService
from bot.features.inbox.templates.fill_service import TemplateFillService
from bot.features.inbox.templates.import_service import TemplateImportService
from bot.features.inbox.templates.search_service import TemplateSearchService
from bot.features.inbox.templates.service import TemplateService
from bot.features.inbox.timers.setting import TimerSetting
from bot.features.money.credit.reassignment_service import SaleReassignmentService
from bot.features.money.credit.sales_service import CreditSalesService
from bot.features.money.credit.statement_service import StatementService
from bot.features.money.digests.preview_service import DigestPreviewService
from bot.features.money.digests.service import DigestService
from bot.features.money.goals.service import GoalService
from bot.features.money.ledger.check_service import LedgerCheckService
from bot.features.money.reports.all_creators_service import AllCreatorsReportService
from bot.features.money.reports.service import EarningsReportService
from bot.features.money.subscribers.list_service import SubscriberListService
from bot.features.money.subscribers.service import SubscribersService
from bot.features.operations.alerts.explanation_service import AlertExplanationService
from bot.features.operations.alerts.service import AlertRuleService
from bot.features.operations.problems.service import ProblemService
from bot.features.operations.problems.status_service import StatusService
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.agency.service import AgencyService
from bot.features.people.audit.service import AuditService
from bot.features.people.offboarding.service import OffboardingService
from bot.features.people.pausing.lift_service import PauseLiftService
from bot.features.people.pausing.service import PauseService
from bot.features.people.pausing.today_service import TodayMessagesService
from bot.features.people.privacy.answer_service import PrivacyAnswerService
from bot.features.people.privacy.choice_service import PrivacyChoiceService
from bot.features.people.privacy.erasure_service import CreatorErasureService
from bot.features.people.privacy.export_service import PrivacyExportService
from bot.features.people.privacy.forget_service import ForgetFanService
from bot.features.people.privacy.show_service import WholeLineService
from bot.features.people.reviews.sent_service import SentRepliesService
from bot.features.people.reviews.stopped_service import StoppedRepliesService
from bot.features.people.team.access_doctor import AccessDoctor
from bot.features.people.team.grant_service import TeamGrantService
from bot.features.people.team.leave_service import CreatorLeaveService
from bot.features.people.team.service import TeamService
from bot.features.people.workload.service import WorkloadService
from bot.features.publishing.campaigns.service import CampaignService
from bot.features.publishing.drafts.service import DraftService
from bot.features.publishing.links.list_service import TrackingLinkListService
from bot.features.publishing.lists.build_service import ListBuildService
from bot.features.publishing.lists.search_service import ListSearchService
from bot.features.publishing.lists.service import ListService
from bot.features.publishing.mass_messages.feature import AudienceListSuggestions
from bot.features.publishing.media.creator_pictures import CreatorPictures
from bot.features.publishing.media.message_service import MessageMediaService
from bot.features.publishing.media.service import MediaService
from bot.features.publishing.post_management.list_service import PostListService
from bot.features.publishing.post_threads.follow_service import PostFollowService
from bot.features.publishing.post_threads.service import PostThreadService
from bot.features.publishing.posts.collection_suggestions import CollectionSuggestions
from bot.features.publishing.proposals.service import ProposalService
from bot.features.publishing.proposals.verdict_service import ProposalVerdictService
from bot.features.publishing.safety.cancellation_service import MassMessageCancellationService
from bot.features.publishing.safety.limit_setting import MassCapSetting, MassLimitSetting
from bot.features.publishing.safety.quiet_hours_setting import QuietHoursSetting
from bot.features.publishing.safety.second_person_service import SecondPersonService
from bot.features.publishing.safety.trial_service import TrialSendService
from bot.features.publishing.suggestions.decision_service import SuggestionDecisionService
from bot.features.publishing.suggestions.edit_service import SuggestionEditService
from bot.features.publishing.suggestions.list_service import SuggestionListService
from bot.features.publishing.uploads.service import UploadService
from bot.relay.automod_blocked import BlockedLines
from bot.relay.forum_places import ForumPlaces
from bot.relay.live_event_status import LiveEventStatus
from bot.relay.replies import ReplyService
from bot.relay.unsend_effects import UnsendService
from tests.discord.desk import (
    Desk,
    DeskCommands,
    DeskDigests,
    DeskGoals,
    DeskPlaces,
    DeskProblems,
    DeskReplies,
    DeskSubscribers,
)
from tests.discord.desk_access import DeskAccess, DeskSubjects
from tests.discord.desk_agency import DeskAgency
from tests.discord.desk_alerts import DeskAlerts
from tests.discord.desk_approving import DeskApprovals
from tests.discord.desk_audit import DeskAudit
from tests.discord.desk_campaigns import DeskCampaigns
from tests.discord.desk_checks import DeskPressing
from tests.discord.desk_claims import DeskAside, DeskClaims, DeskSeveral
from tests.discord.desk_composing import DeskComposing
from tests.discord.desk_credit import DeskMoving, DeskSales, DeskStatements
from tests.discord.desk_feed import DeskFeed, DeskPostcards
from tests.discord.desk_guarding import DeskGuarding
from tests.discord.desk_holding import DeskHolding
from tests.discord.desk_income import DeskAnswers, DeskEveryone
from tests.discord.desk_linking import DeskLinking
from tests.discord.desk_lists import DeskLists
from tests.discord.desk_marking import DeskMarking
from tests.discord.desk_mass_limits import DeskMassCap, DeskMassSafety, DeskQuietHours
from tests.discord.desk_media import DeskMedia, DeskMessages, DeskPictures, DeskSuggested
from tests.discord.desk_notes import DeskFinding, DeskNotes, DeskTags
from tests.discord.desk_one_fan import DeskOneFan
from tests.discord.desk_pausing import DeskPausing
from tests.discord.desk_pricing import DeskPricing
from tests.discord.desk_privacy import (
    DeskAnswering,
    DeskChoosing,
    DeskErasure,
    DeskForgetting,
    DeskHanding,
    DeskWholeLines,
)
from tests.discord.desk_profiles import DeskProfiles
from tests.discord.desk_promises import DeskKeeping, DeskListing, DeskPromiseSource
from tests.discord.desk_proposals import DeskProposals, DeskVerdicts
from tests.discord.desk_removing import DeskRemoving
from tests.discord.desk_reviews import DeskSentReplies, DeskStoppedReplies
from tests.discord.desk_sold import DeskItems
from tests.discord.desk_state import DeskHidden, DeskLedger, DeskLiveEvents, DeskStatus, DeskUnsending
from tests.discord.desk_subscribers import DeskSubscriberList
from tests.discord.desk_suggestions import DeskSuggestions
from tests.discord.desk_team import DeskGranting, DeskLeaving, DeskLooking, DeskOverseeing
from tests.discord.desk_templates import DeskTemplates
from tests.discord.desk_timers import DeskTimers
from tests.discord.desk_tracking import DeskTracking
from tests.discord.desk_typed import DeskTyped
from tests.discord.desk_uploads import DeskUploads
from tests.discord.desk_waiting import DeskWaiting
from tests.discord.desk_workload import DeskWorkload

Kinds = dict[type[Any], Any]


def desk_services(desk: Desk) -> Kinds:
    """Everything that commands call. tests/discord/test_desks.py holds it to the real classes."""
    made = (_for_all(desk), _inbox(desk), _templates(desk), _publishing(desk), _money(), _people(desk))
    return {kind: one for part in made for kind, one in part.items()}


def _for_all(desk: Desk) -> Kinds:
    """What every command needs."""
    alerts = DeskAlerts()
    return {
        Access: DeskAccess(desk),
        ActionSubjectFinder: DeskSubjects(desk),
        Commands: DeskCommands(desk),
        AccountLinkService: DeskLinking(desk),
        ForumPlaces: DeskPlaces(desk),
        AgencyService: DeskAgency(),
        BlockedLines: DeskHidden(),
        LiveEventStatus: DeskLiveEvents(),
        AlertRuleService: alerts,
        AlertExplanationService: alerts,
    }


def _inbox(desk: Desk) -> Kinds:
    """With what a team answers."""
    approvals, holding, typed = DeskApprovals(desk), DeskHolding(), DeskTyped()
    return {
        ReplyService: DeskReplies(desk),
        PendingReplyService: DeskPressing(desk),
        ApprovalListService: approvals,
        ApprovalDecisionService: approvals,
        ClaimService: DeskClaims(),
        SnoozeService: DeskAside(),
        BulkSnoozeService: DeskSeveral(),
        ChatSettingsService: DeskMarking(),
        TimerSetting: DeskTimers(),
        PromiseService: DeskKeeping(),
        PromiseListService: DeskListing(),
        PromiseSourceService: DeskPromiseSource(),
        ReplyHoldSetting: holding,
        ReplyCancellationService: holding,
        NoteService: DeskNotes(),
        FanTagService: DeskTags(),
        FanSearchService: DeskFinding(),
        PurchaseService: DeskItems(),
        PriceLimitSetting: DeskPricing(),
        GuardSetting: DeskGuarding(),
        BoardService: DeskWaiting(),
        ProfileService: DeskProfiles(),
        MessageReplySetting: typed,
        MessageQuestionService: typed,
        StoppedMessageService: typed,
    }


def _templates(desk: Desk) -> Kinds:
    """What a team says again."""
    templates = DeskTemplates(desk)
    return {
        TemplateSearchService: templates,
        TemplateService: templates,
        TemplateFillService: templates,
        TemplateExportService: templates,
        TemplateImportService: templates,
    }


def _publishing(desk: Desk) -> Kinds:
    """What is done for many fans, or for a whole creator."""
    lists, safety = DeskLists(), DeskMassSafety(desk)
    suggestions, postcards = DeskSuggestions(), DeskPostcards()
    return {
        MediaService: DeskMedia(),
        MessageMediaService: DeskMessages(),
        CreatorPictures: DeskPictures(),
        CollectionSuggestions: DeskSuggested(),
        AudienceListSuggestions: DeskSuggested(),
        UploadService: DeskUploads(),
        ListSearchService: lists,
        ListService: lists,
        ListBuildService: lists,
        ProposalService: DeskProposals(desk),
        ProposalVerdictService: DeskVerdicts(),
        DraftService: DeskComposing(),
        MassLimitSetting: safety,
        MassMessageCancellationService: safety,
        SecondPersonService: safety,
        MassCapSetting: DeskMassCap(),
        QuietHoursSetting: DeskQuietHours(),
        TrialSendService: DeskOneFan(),
        TrackingLinkListService: DeskTracking(),
        PostListService: DeskFeed(),
        CampaignService: DeskCampaigns(),
        SuggestionListService: suggestions,
        SuggestionDecisionService: suggestions,
        SuggestionEditService: suggestions,
        PostFollowService: postcards,
        PostThreadService: postcards,
    }


def _money() -> Kinds:
    """What is about money and audience."""
    digests = DeskDigests()
    return {
        EarningsReportService: DeskAnswers(),
        AllCreatorsReportService: DeskEveryone(),
        DigestService: digests,
        DigestPreviewService: digests,
        SubscribersService: DeskSubscribers(),
        SubscriberListService: DeskSubscriberList(),
        GoalService: DeskGoals(),
        LedgerCheckService: DeskLedger(),
        StatementService: DeskStatements(),
        CreditSalesService: DeskSales(),
        SaleReassignmentService: DeskMoving(),
    }


def _people(desk: Desk) -> Kinds:
    """What keeps a team and a bridge in order."""
    pausing = DeskPausing(desk)
    return {
        PrivacyChoiceService: DeskChoosing(),
        PrivacyAnswerService: DeskAnswering(),
        ForgetFanService: DeskForgetting(),
        PrivacyExportService: DeskHanding(),
        CreatorErasureService: DeskErasure(),
        WholeLineService: DeskWholeLines(),
        CreatorLeaveService: DeskLeaving(),
        TeamGrantService: DeskGranting(desk),
        TeamService: DeskLooking(),
        AccessDoctor: DeskOverseeing(),
        PauseService: pausing,
        PauseLiftService: pausing,
        TodayMessagesService: pausing,
        OffboardingService: DeskRemoving(desk),
        AuditService: DeskAudit(),
        SentRepliesService: DeskSentReplies(),
        StoppedRepliesService: DeskStoppedReplies(),
        WorkloadService: DeskWorkload(),
        ProblemService: DeskProblems(desk),
        StatusService: DeskStatus(),
        UnsendService: DeskUnsending(),
    }
