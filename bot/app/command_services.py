"""What commands and buttons call, of every feature."""

import time

from bot.access.permits import Access
from bot.access.subjects import ActionSubjectFinder
from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.app.fanvue import FanvueFeatures
from bot.app.feature_groups import FeatureGroups
from bot.app.money_features import MoneyFeatures
from bot.app.people_features import PeopleFeatures
from bot.app.refusals import REFUSALS
from bot.app.sending_features import SendingFeatures
from bot.discord.command_quota import CommandQuota
from bot.discord.context import Uses
from bot.discord.uses_alerts import AlertUses
from bot.discord.uses_approving import ApprovalUses
from bot.discord.uses_care import CareUses
from bot.discord.uses_credit import CreditUses
from bot.discord.uses_digests import DigestUses
from bot.discord.uses_inbox import InboxUses
from bot.discord.uses_money import MoneyUses
from bot.discord.uses_sending import SendingUses
from bot.engine.denials import DenialRecorder
from bot.engine.guild_routing import GuildRoutingGuard
from bot.fanvue.hooks import EVENTS
from bot.relay.automod_blocked import BlockedLines
from bot.relay.forum_places import ForumPlaces
from bot.relay.live_event_status import LiveEventStatus


def uses_of(core: AppContext, links: LinkedAccounts, features: FeatureGroups) -> Uses:
    """What commands and buttons call: the groups', and what every command needs."""
    places = _places(core)
    return Uses(
        **vars(_inbox(core, features)),
        **vars(_sending(core, features.side, features.sending)),
        **vars(_money(features.takings)),
        **vars(_care(features.care)),
        access=Access(core.database),
        subjects=ActionSubjectFinder(core.database),
        denied=_denials(core).note,
        commands=core.points.around("command", core.commands),
        linking=links.linking,
        places=places,
        faces=features.side.faces.of,
        profiles=features.fans.profiles,
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


def _inbox(core: AppContext, features: FeatureGroups) -> InboxUses:
    inbox, fans = features.inbox, features.fans
    return InboxUses(
        replies=core.points.around("reply", inbox.answering.replies),
        pressing=core.points.around("pressing", inbox.answering.pressing),
        reviewing=ApprovalUses(inbox.approving.listing, inbox.approving.deciding),
        reviews=inbox.reviews,
        claiming=inbox.talks.claiming,
        snoozing=inbox.snoozing,
        marking=features.side.marks.marking,
        timers=inbox.timers.setting,
        promises=fans.promises,
        holding=inbox.holding,
        templates=inbox.templates,
        notes=fans.knowing.notes,
        tags=fans.knowing.tags,
        items=fans.sold.items,
        pricing=inbox.pricing.setting,
        guarding=inbox.guarding.setting,
        finding=fans.knowing.finding,
        waiting=inbox.board.reading,
        noticing=features.care.desk.noticing,
        workload=inbox.workload,
        typed=inbox.typed,
        alerts=AlertUses(features.alert_rules.setting, features.alert_rules.asking),
    )


def _sending(core: AppContext, side: FanvueFeatures, sending: SendingFeatures) -> SendingUses:
    return SendingUses(
        media=side.media,
        uploads=core.points.around("uploading", sending.uploads.asking),
        lists=sending.lists,
        proposals=core.points.around("proposals", side.proposing.proposals),
        verdicts=side.proposing.verdicts,
        composing=sending.composing.composing,
        mass_safety=sending.mass_safety,
        quiet_hours=sending.mass_safety.quiet,
        mass_cap=sending.mass_safety.cap,
        one_fan=sending.mass_safety.one_fan,
        tracking=side.tracking.listing,
        feed=side.feed.listing,
        suggestions=side.suggestions,
        collections_like=side.posts.shelves.like,
        postcards=sending.postcards,
        campaigns=side.campaigns.listing,
        lists_like=side.broadcasts.lists.like,
    )


def _money(takings: MoneyFeatures) -> MoneyUses:
    return MoneyUses(
        income=takings.income,
        subscribers=takings.audience.asking,
        subscriber_list=takings.audience.listing,
        goals=takings.goals.desk,
        digests=DigestUses(takings.digests.setting, takings.digests.previewing),
        ledger=takings.ledger.desk,
        credit=CreditUses(takings.credit.statements, takings.credit.sales, takings.credit.moving),
    )


def _care(care: PeopleFeatures) -> CareUses:
    return CareUses(
        problems=care.desk.problems,
        privacy=care.privacy,
        team=care.team,
        pausing=care.pausing,
        removing=care.offboarding.removing,
        audit=care.audit,
        unsend=care.desk.unsending.unsend,
        status=care.desk.status.of,
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
