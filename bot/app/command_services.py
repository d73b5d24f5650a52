"""Puts together what commands and buttons call, and what the bot itself asks."""

import time

from bot.access.permits import Access
from bot.access.subjects import ActionSubjectFinder
from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.app.fan_features import FanFeatures
from bot.app.fanvue import FanvueFeatures
from bot.app.feature_groups import FeatureGroups
from bot.app.inbox_features import InboxFeatures
from bot.app.money_features import MoneyFeatures
from bot.app.people_features import PeopleFeatures
from bot.app.refusals import REFUSALS
from bot.app.sending_features import SendingFeatures
from bot.discord.command_quota import CommandQuota
from bot.discord.context import BotContext
from bot.discord.services import Services
from bot.engine.commands import Commands
from bot.engine.denials import DenialRecorder
from bot.engine.guild_routing import GuildRoutingGuard
from bot.fanvue.hooks import EVENTS
from bot.features.inbox.checks.pending_reply_service import PendingReplyService
from bot.features.people.accounts.service import AccountLinkService
from bot.features.publishing.proposals.service import ProposalService
from bot.features.publishing.suggestions.decision_service import SuggestionDecisionService
from bot.features.publishing.suggestions.edit_service import SuggestionEditService
from bot.features.publishing.suggestions.list_service import SuggestionListService
from bot.features.publishing.uploads.service import UploadService
from bot.relay.automod_blocked import BlockedLines
from bot.relay.forum_places import ForumPlaces
from bot.relay.live_event_status import LiveEventStatus
from bot.relay.replies import ReplyService


def services_of(core: AppContext, links: LinkedAccounts, features: FeatureGroups) -> Services:
    """What commands and buttons call: every feature's, and what every command needs."""
    services, database = Services(), core.database
    services.add(
        Access(database),
        ActionSubjectFinder(database),
        BlockedLines(database=database, effects=core.effects),
        LiveEventStatus(database, EVENTS),
        _places(core),
        links.agency.desk,
        features.alert_rules.setting,
        features.alert_rules.asking,
    )
    services.put(AccountLinkService, links.linking)
    services.put(Commands, core.points.around("command", core.commands))
    _add_inbox(services, core, features.inbox)
    _add_fans(services, features.fans)
    _add_fanvue(services, core, features.side)
    _add_sending(services, core, features.sending)
    _add_money(services, features.takings)
    _add_people(services, features.care)
    return services


def bot_context(core: AppContext, features: FeatureGroups) -> BotContext:
    """What the bot itself asks and tells."""
    typed = features.inbox.typed
    return BotContext(
        hearing=typed.hearing,
        catching=typed.catching,
        noticing=features.care.desk.noticing,
        denied=DenialRecorder(database=core.database, trail=core.effects.trail, clock=core.clock).note,
        unserved=core.serving.refuses,
        elsewhere=GuildRoutingGuard(database=core.database, serving=core.serving).refusal,
        spend=_quota(core).spend,
        sure=_alone if core.together.seat is None else core.together.seat.sure,
        scopes=core.settings.fanvue_scopes,
        refusals=REFUSALS,
    )


def _quota(core: AppContext) -> CommandQuota:
    settings = core.settings
    return CommandQuota(settings.commands_per_minute * settings.window_divisor, time.monotonic)


async def _alone() -> None:
    """Nobody else can have the session with Discord."""


def _places(core: AppContext) -> ForumPlaces:
    return ForumPlaces(
        database=core.database,
        effects=core.effects,
        dispatch=core.dispatch,
        clock=core.clock,
        ids=core.ids,
        serving=core.serving,
    )


def _add_inbox(services: Services, core: AppContext, inbox: InboxFeatures) -> None:
    services.put(ReplyService, core.points.around("reply", inbox.answering.replies))
    services.put(PendingReplyService, core.points.around("pressing", inbox.answering.pressing))
    services.add(
        inbox.approving.listing,
        inbox.approving.deciding,
        inbox.reviews.sent,
        inbox.reviews.stopped,
        inbox.talks.claiming,
        inbox.snoozing.aside,
        inbox.snoozing.several,
        inbox.timers.setting,
        inbox.holding.setting,
        inbox.holding.cancelling,
        inbox.pricing.setting,
        inbox.guarding.setting,
        inbox.board.reading,
        inbox.workload,
        inbox.typed.setting,
        inbox.typed.pressing,
        inbox.typed.looking,
    )
    templates = inbox.templates
    services.add(
        templates.finding, templates.keeping, templates.filling, templates.handing, templates.importing
    )


def _add_fans(services: Services, fans: FanFeatures) -> None:
    promises, knowing = fans.promises, fans.knowing
    services.add(promises.keeping, promises.listing, promises.marking)
    services.add(knowing.notes, knowing.tags, knowing.finding, fans.profiles, fans.sold.items)


def _add_fanvue(services: Services, core: AppContext, side: FanvueFeatures) -> None:
    services.put(ProposalService, core.points.around("proposals", side.proposing.proposals))
    services.add(
        side.proposing.verdicts,
        side.marks.marking,
        side.media,
        side.media.messages,
        side.faces,
        side.tracking.listing,
        side.feed.listing,
        side.posts.shelves,
        side.campaigns.listing,
        side.broadcasts.lists,
    )
    services.put(SuggestionListService, side.suggestions.listing)
    services.put(SuggestionDecisionService, side.suggestions.deciding)
    services.put(SuggestionEditService, side.suggestions.rewriting)


def _add_sending(services: Services, core: AppContext, sending: SendingFeatures) -> None:
    safety, lists, postcards = sending.mass_safety, sending.lists, sending.postcards
    services.put(UploadService, core.points.around("uploading", sending.uploads.asking))
    services.add(lists.looking, lists.changing, lists.building, sending.composing.composing)
    services.add(safety.setting, safety.stopping, safety.seconding, safety.quiet, safety.cap, safety.one_fan)
    services.add(postcards.following, postcards.desk)


def _add_money(services: Services, takings: MoneyFeatures) -> None:
    credit, digests, income, audience = takings.credit, takings.digests, takings.income, takings.audience
    services.add(income.answers, income.everyone, audience.asking, audience.listing, takings.goals.desk)
    services.add(digests.setting, digests.previewing, takings.ledger.desk)
    services.add(credit.statements, credit.sales, credit.moving)


def _add_people(services: Services, care: PeopleFeatures) -> None:
    privacy, team, desk = care.privacy, care.team, care.desk
    services.add(privacy.choosing, privacy.answering, privacy.forgetting, privacy.handing, privacy.erasure)
    services.add(privacy.showing, team.leaving, team.granting, team.looking, team.overseeing)
    services.add(*care.pausing, care.offboarding.removing, care.audit)
    services.add(desk.problems, desk.status, desk.unsending)
