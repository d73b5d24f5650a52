"""Builds what speaks to Fanvue: chats, sweeps, subscriptions, proposals."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.fanvue.chats import FanvueChatAdapter
from bot.fanvue.client import FanvueClient
from bot.fanvue.event_storage import event_from, stored
from bot.fanvue.sweep import FanvueSweep
from bot.features.inbox.chat_settings.fanvue import FanvueChatSettings
from bot.features.inbox.chat_settings.feature import ChatSettingsFeature, open_marking
from bot.features.inbox.guard.proposal_decorator import guarded
from bot.features.inbox.purchases.chat_observer import ObservedChats, ObservedSweep, PurchaseObserver
from bot.features.inbox.purchases.feature import open_arriving, remembered
from bot.features.inbox.templates.proposal_decorator import fields_filled
from bot.features.money.credit.copies import FRESH, MassMessageCopies
from bot.features.money.credit.fanvue import FanvueMassMessageHistory
from bot.features.people.accounts.clients import previews_of
from bot.features.people.agency.feature import AgencyFeature
from bot.features.publishing.campaigns.fanvue import FanvueCampaigns
from bot.features.publishing.campaigns.feature import CampaignsFeature, open_campaigns
from bot.features.publishing.links.fanvue import FanvueTrackingLinks
from bot.features.publishing.links.feature import TrackingLinksFeature, open_tracking
from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.mass_messages.feature import MassMessagesFeature, open_broadcasts
from bot.features.publishing.media.creator_pictures import CreatorPictures
from bot.features.publishing.media.feature import open_media
from bot.features.publishing.media.service import MediaService
from bot.features.publishing.post_management.comment_fanvue import FanvueComments
from bot.features.publishing.post_management.fanvue import FanvuePostManagement
from bot.features.publishing.post_management.feature import PostManagementFeature, open_feed
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.features.publishing.posts.feature import PostsFeature, open_posts
from bot.features.publishing.proposals.feature import ProposalParts, ProposalsFeature, open_proposals
from bot.features.publishing.proposals.model import ProposalKind
from bot.features.publishing.safety.exclusion_list_effects import ExclusionListGate
from bot.features.publishing.safety.feature import SafetySources, open_asking, watched
from bot.features.publishing.suggestions.feature import SuggestionsFeature, open_suggestions
from bot.features.publishing.suggestions.proposal import SuggestionProposal
from bot.model.acting_account import Identity
from bot.model.ports import FanvuePort
from bot.relay.reconciliation import Reconciliation, open_second
from bot.relay.sweep_ports import SweepPort


@dataclass(frozen=True)
class FanvueFeatures:
    """What reads and writes on Fanvue."""

    chats: FanvuePort
    found: Reconciliation
    media: MediaService
    faces: CreatorPictures
    posts: PostsFeature
    feed: PostManagementFeature
    tracking: TrackingLinksFeature
    suggestions: SuggestionsFeature
    proposing: ProposalsFeature
    watched: SafetySources
    broadcasts: MassMessagesFeature
    campaigns: CampaignsFeature
    marks: ChatSettingsFeature

    def deeds(self) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of these parts."""
        ground = self.proposing.ground
        outs = ExclusionListGate(database=ground.database, effects=ground.effects, clock=ground.clock)
        return {
            **self.broadcasts.deeds(ground, outs),
            **self.campaigns.deeds(ground),
            **self.posts.deeds(ground),
            **self.feed.deeds(ground),
            **self.tracking.deeds(ground),
            **self.suggestions.deeds(),
            **self.marks.deeds(),
        }

    def duties(self, *, divisor: float) -> list[BackgroundTask]:
        """What must run for them, apart from the second source; `divisor` shortens the pauses."""
        return [
            self.campaigns.following.duty(divisor=divisor),
            self.suggestions.lapsing.duty(divisor=divisor),
        ]


def side(core: AppContext, links: LinkedAccounts) -> FanvueFeatures:
    """Everything that speaks to Fanvue for a creator; its links say through whose account."""
    # One list of what is built and of what each is given, in the order in which they need one another.
    fanvue, identity = links.fanvue, links.identity
    mass = broadcasts(core, fanvue, identity)
    posted = posts(core, fanvue, identity)
    standing = feed(core, fanvue, identity, posted)
    made = campaigns(core, fanvue, identity, mass.kind)
    tracked = tracking(core, fanvue, identity)
    posting: list[ProposalKind] = [posted.feature, SuggestionProposal(posted.feature)]
    others = [*posting, *standing.features, *tracked.features]
    watching = SafetySources(core, mass.feature.name, made.change.name, made.fanvue, mass.fanvue)
    asked = proposing(core, (mass, made), others, links.agency, watching)
    noticing = PurchaseObserver(database=core.database, changed=core.cards.want, clock=core.clock)
    heads = open_arriving(core, mass.kind), copies(core, fanvue, identity)

    def noticed(port: SweepPort) -> SweepPort:
        return ObservedSweep(port, noticing, heads)

    found = source(core, fanvue, identity, noticed)
    previews = previews_of(core.settings, fanvue.http)
    made.following.on_sent = found.soon

    return FanvueFeatures(
        chats=core.points.around(
            "fanvue", ObservedChats(FanvueChatAdapter(fanvue, identity, core.clock), noticing)
        ),
        found=found,
        media=open_media(
            database=core.database,
            fanvue=fanvue,
            previews=previews,
            clock=core.clock,
            ids=core.ids,
            trail=core.effects.trail,
        ),
        faces=CreatorPictures(fanvue, identity, previews),
        watched=watching,
        proposing=asked,
        suggestions=open_suggestions(asked, core.commands, core.effects, core.points.around),
        broadcasts=mass,
        campaigns=made,
        marks=marks(core, links),
        posts=posted,
        feed=standing,
        tracking=tracked,
    )


def broadcasts(core: AppContext, fanvue: FanvueClient, identity: Identity) -> MassMessagesFeature:
    """What owners send to whole lists."""
    there = core.points.around("mass", FanvueMassMessages(fanvue, identity, asyncio.sleep))
    return open_broadcasts(database=core.database, effects=core.effects, fanvue=there, clock=core.clock)


def campaigns(core: AppContext, fanvue: FanvueClient, identity: Identity, kind: str) -> CampaignsFeature:
    """What owners do with mass messages that were made."""
    there = core.points.around("campaigns", FanvueCampaigns(fanvue, identity, asyncio.sleep))
    return open_campaigns(
        database=core.database, effects=core.effects, fanvue=there, clock=core.clock, mass_kind=kind
    )


def copies(core: AppContext, fanvue: FanvueClient, identity: Identity) -> MassMessageCopies:
    """Of which mass message a fan's copy is."""
    there = core.points.around("masses", FanvueMassMessageHistory(fanvue, identity, asyncio.sleep))
    fresh = round(FRESH / core.divisor)
    return MassMessageCopies(database=core.database, masses=there, clock=core.clock, fresh=fresh)


def posts(core: AppContext, fanvue: FanvueClient, identity: Identity) -> PostsFeature:
    """What owners publish for everybody."""
    there = core.points.around("posts", FanvuePosts(fanvue, identity))
    return open_posts(database=core.database, fanvue=there, clock=core.clock)


def feed(
    core: AppContext, fanvue: FanvueClient, identity: Identity, posted: PostsFeature
) -> PostManagementFeature:
    """What owners do to posts that are there."""
    there = core.points.around("feed", FanvuePostManagement(fanvue, identity))
    comments = core.points.around("comments", FanvueComments(fanvue, identity))
    return open_feed(
        core.database,
        core.effects,
        core.clock,
        there=there,
        comments=comments,
        made_of=posted.fanvue,
    )


def tracking(core: AppContext, fanvue: FanvueClient, identity: Identity) -> TrackingLinksFeature:
    """What owners do with tracking links."""
    there = core.points.around("tracking", FanvueTrackingLinks(fanvue, identity))
    return open_tracking(core.database, core.clock, there)


def proposing(
    core: AppContext,
    masses: tuple[MassMessagesFeature, CampaignsFeature],
    others: Sequence[ProposalKind],
    members: AgencyFeature,
    of: SafetySources,
) -> ProposalsFeature:
    """What owners may have done for a whole creator."""
    mass, made = masses
    parts = ProposalParts(
        database=core.database,
        commands=core.commands,
        effects=core.effects,
        sealer=core.sealer,
        clock=core.clock,
        ids=core.ids,
        waits=core.waits,
        voices=members.choosing,
    )
    priced = remembered(core, (mass.feature, made.change), mass.kind)
    features: list[ProposalKind] = [*priced, made.end, *others]
    looked_at = guarded(features, database=core.database, trail=core.effects.trail)
    whole = fields_filled(watched(looked_at, of), database=core.database, clock=core.clock)
    return open_proposals(parts, whole, open_asking(core))


def marks(core: AppContext, links: LinkedAccounts) -> ChatSettingsFeature:
    """What members have changed about chats."""
    there = core.points.around("marks", FanvueChatSettings(links.fanvue, links.identity))
    return open_marking(core, there, links.agency.choosing)


def source(
    core: AppContext, fanvue: FanvueClient, identity: Identity, noticed: Callable[[SweepPort], SweepPort]
) -> Reconciliation:
    """The sweeps and what belongs to them; `noticed`: whoever else hears of what they read."""
    port = FanvueSweep(fanvue, identity, asyncio.sleep)
    made = open_second(
        core,
        noticed(port),
        store=stored,
        recall=event_from,
        hint=core.dispatch.hint,
        catching_up=core.together.catching_up,
    )
    # What came live must not wait for a sweep that itself waits for its turn at Fanvue.
    made.sweeps.skipping = core.metrics.skipped
    made.outage.counted = core.metrics.chat_lists_unread
    port.on_wait = made.catching_up.over
    return made
