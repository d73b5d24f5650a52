"""Builds every feature, and says which deeds and duties are theirs."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from bot.access.roles import Money
from bot.alert_rules.opened import AlertRules, open_alert_rules
from bot.alerts.wording import announce
from bot.approving.opened import Approving, open_approving, open_lane
from bot.audit.opened import open_reading
from bot.audit.reading import Reading
from bot.board.opened import Board, open_board
from bot.broadcast_safety.opened import MassSafety, open_mass_safety
from bot.cards.opened import FanCardsOpened, open_cards
from bot.checks.opened import Answering, open_answering
from bot.clients import parts_of
from bot.composing.opened import ComposingOpened, open_composing
from bot.core import Core
from bot.desk.opened import Desk, open_desk
from bot.desk.problems import Problems
from bot.digests.posting import Ports
from bot.digests.reading import Waiting
from bot.figures.bands import floor_of, shown_to
from bot.figures.wording import source_of
from bot.guarding.opened import Guarding, open_guarding
from bot.guarding.wording import NAMES
from bot.guild.attachments import Attachments
from bot.guild.barring import Doors
from bot.guild.calling_out import CallingOut
from bot.guild.direct import Direct
from bot.guild.fan_cards import FanCards
from bot.guild.membership import Membership
from bot.guild.more_forums import MoreForums
from bot.guild.pictured import Pictured
from bot.guild.private import PrivateMessages
from bot.guild.removing import TakingThreads
from bot.guild.uses_pausing import PausingUses
from bot.history.opened import History, open_history
from bot.holding.opened import Holding, open_holding
from bot.linked import Linked
from bot.lists.opened import Lists, open_lists
from bot.lists.there import ListsOnFanvue
from bot.notes.opened import Knowing, open_notes
from bot.notes.tagging import VIP
from bot.offboarding.opened import Offboarding, open_offboarding
from bot.overflow.opened import Overflow, open_overflow
from bot.pausing.opened import pauses_of
from bot.postcards.opened import Postcards, open_postcards
from bot.postcards.there import FollowedOnFanvue
from bot.pricing.opened import Pricing, open_pricing
from bot.privacy.opened import Privacy, open_privacy
from bot.profiles.figures import Words
from bot.profiles.opened import open_profiles
from bot.profiles.showing import Profiles
from bot.profiles.there import FansOnFanvue
from bot.promises.opened import Promises, open_promises
from bot.relay.deeds import Deed
from bot.relay.events import Event
from bot.relay.news import News
from bot.relay.ports import Post
from bot.resting.opened import Resting, open_resting
from bot.reviews.opened import Reviews, open_reviews
from bot.reviews.words import Words as ReviewWords
from bot.second import FanvueSide
from bot.snoozing.opened import Snoozing, open_snoozing
from bot.sold.opened import Sold, open_sold
from bot.standing.opened import StandingOpened, open_standing
from bot.supervision import Duty
from bot.takings import Takings, open_takings
from bot.talks.opened import Talks, open_talks
from bot.team.opened import Team, open_team
from bot.templates.opened import Templates, open_templates
from bot.timers.opened import TimersOpened, open_timers
from bot.typed.mode import on_the_card
from bot.typed.opened import TypedOpened, open_typed
from bot.uploads.opened import Uploads, open_uploads
from bot.uploads.there import VaultOnFanvue
from bot.workload.opened import open_workload
from bot.workload.reading import Workload
from storage.database import Transaction


@dataclass(frozen=True)
class Features:
    """One field a feature. What speaks to Fanvue for a creator is in `side`."""

    side: FanvueSide
    takings: Takings
    desk: Desk
    privacy: Privacy
    team: Team
    pausing: PausingUses
    offboarding: Offboarding
    audit: Reading
    answering: Answering
    approving: Approving
    holding: Holding
    talks: Talks
    snoozing: Snoozing
    templates: Templates
    pricing: Pricing
    guarding: Guarding
    sold: Sold
    history: History
    cards: FanCardsOpened
    knowing: Knowing
    board: Board
    workload: Workload
    reviews: Reviews
    timers: TimersOpened
    promises: Promises
    typed: TypedOpened
    profiles: Profiles
    resting: Resting
    overflow: Overflow
    uploads: Uploads
    standing: StandingOpened
    lists: Lists
    composing: ComposingOpened
    postcards: Postcards
    mass_safety: MassSafety
    alert_rules: AlertRules

    async def happened(self, tx: Transaction, event: Event) -> None:
        """A fact was decided."""
        await self.standing.standings.happened(tx, event)
        await self.takings.audience.hearing.happened(tx, event)

    def deeds(self, core: Core, discord: TakingThreads, direct: Direct) -> Mapping[str, Deed]:
        """The kinds of effects that are not the relay's own, each feature's from itself."""
        doors = core.points.around("doors", Doors(direct))
        private = PrivateMessages(direct, discord)
        calling = core.points.around("pings", CallingOut(direct))
        return {
            **self.desk.deeds(discord, private),
            **self.board.deeds(discord),
            **self.timers.deeds(discord, calling),
            **self.promises.deeds(discord, calling),
            **self.alert_rules.deeds(
                core.points.around("alerts", discord), calling, private, Membership(direct)
            ),
            **self.typed.deeds(discord),
            **self.uploads.deeds(discord),
            **self.offboarding.deeds(doors),
            **self.side.deeds(),
            **self.takings.deeds(_posting(core, discord, direct, private)),
            **self.history.deeds(),
            **self.standing.deeds(),
            **self.lists.deeds(),
            **self.mass_safety.left.deeds(),
            **self.privacy.deeds(discord, private),
            **self.cards.deeds(core.points.around("cards", FanCards(direct, discord.own, discord.waking))),
            **self.resting.deeds(discord),
            **self.overflow.deeds(core.points.around("forums", MoreForums(direct, discord.me))),
        }

    def duties(self, *, divisor: float) -> list[Duty]:
        """What must run, except in a restored database that waits; `divisor` shortens the pauses."""
        return [
            *self.takings.duties(divisor=divisor),
            self.side.campaigns.following.duty(divisor=divisor),
            *self.privacy.duties(),
            self.talks.duty(divisor=divisor),
            self.snoozing.duty(divisor=divisor),
            self.cards.troubles.duty(divisor=divisor),
            self.board.duty(divisor=divisor),
            self.approving.duty(divisor=divisor),
            self.timers.duty(divisor=divisor),
            self.promises.duty(divisor=divisor),
            *self.typed.duties(),
            self.resting.duty(),
            self.overflow.duty(),
            self.uploads.duty(),
            self.composing.duty(divisor=divisor),
            self.postcards.duty(divisor=divisor),
            self.mass_safety.expiring.duty(divisor=divisor),
            self.side.suggestions.lapsing.duty(divisor=divisor),
        ]


def features_of(core: Core, links: Linked, side: FanvueSide, session: aiohttp.ClientSession) -> Features:
    """Every feature, on the one ground; `session` speaks to Discord's store of files."""
    knowing = open_notes(core, [core.cards.want])
    promises, timers = open_promises(core, core.cards.want), open_timers(core)
    pricing, guarding, alert_rules = open_pricing(core), open_guarding(core), _alert_rules(core, knowing)
    sold, board = open_sold(core, side.broadcasts.kind), open_board(core, knowing.tags.vips)
    lane, needs_lead = open_lane(core, board.noticing.changed)
    answering = open_answering(core, more=(pricing.check, guarding.check, sold.check, needs_lead), lane=lane)
    there = FansOnFanvue(links.fanvue, links.identity)
    standing, templates = open_standing(core, there, core.cards.want), open_templates(core)
    _hear(core, timers, standing, board)
    composing, lists = _composing(core, side, templates), _lists(core, links)
    return Features(
        side=side,
        takings=open_takings(core, links, alert_rules.deciding, _waiting(core, board)),
        desk=open_desk(core, core.metrics, deleted=board.noticing.deleted),
        privacy=open_privacy(core, links.linking.end),
        team=open_team(core),
        pausing=PausingUses(*pauses_of(core)),
        offboarding=open_offboarding(core, links.linking.end, [promises.leaving, composing.leaving]),
        audit=open_reading(core),
        answering=answering,
        approving=open_approving(core, lane, answering),
        holding=open_holding(core, answering.kept),
        talks=open_talks(core, core.changes),
        snoozing=open_snoozing(core, core.changes, board.reading.on_page),
        templates=templates,
        cards=_cards(core, knowing, promises, sold),
        knowing=knowing,
        pricing=pricing,
        guarding=guarding,
        sold=sold,
        history=open_history(core, side.earlier, core.settings.history_lines),
        board=board,
        workload=open_workload(core),
        reviews=_reviews(core),
        timers=timers,
        promises=promises,
        typed=open_typed(core, answering, want=core.cards.want, listens=core.settings.message_content),
        profiles=open_profiles(core, there, knowing, Words(shown_to, source_of), standing.standings.told),
        resting=open_resting(core, core.settings.active_threads),
        overflow=open_overflow(core, core.settings.forum_fans),
        uploads=_uploads(core, links, session, side),
        standing=standing,
        lists=lists,
        composing=composing,
        postcards=_postcards(core, links),
        mass_safety=open_mass_safety(side.watched, side.proposing, lists.building),
        alert_rules=alert_rules,
    )


def _waiting(core: Core, board: Board) -> Waiting:
    problems = Problems(
        database=core.database, effects=core.effects, dispatch=core.dispatch, clock=core.clock
    )
    return Waiting(board.reading.unanswered, problems.waiting, board.reading.held)


def _posting(core: Core, discord: TakingThreads, direct: Direct, private: PrivateMessages) -> Ports:
    pictures = core.points.around("pictures", Pictured(direct))
    return Ports(discord=discord, pictures=pictures, private=private)


def _composing(core: Core, side: FanvueSide, templates: Templates) -> ComposingOpened:
    on = side.broadcasts.fanvue, templates, side.posts.fanvue, side.campaigns.fanvue
    return open_composing(core, *on)


def _hear(core: Core, timers: TimersOpened, standing: StandingOpened, board: Board) -> None:
    """Whoever shows talks, or acts on them, hears of every change."""
    core.changes.hear(timers.watching.changed)
    core.changes.hear(lambda tx, change: standing.standings.talked(tx, change.creator, change.fan))
    core.changes.hear(lambda tx, change: board.noticing.changed(tx, change.creator))


def _reviews(core: Core) -> Reviews:
    return open_reviews(
        core, ReviewWords(shown_to, floor_of, {str(pack): name for pack, name in NAMES.items()})
    )


def _uploads(core: Core, links: Linked, session: aiohttp.ClientSession, side: FanvueSide) -> Uploads:
    store = parts_of(core.settings, links.fanvue.http)
    there = VaultOnFanvue(links.fanvue, links.identity, store)
    attached = Attachments(session, api_url=core.settings.discord_api_url)
    return open_uploads(
        core, there, attached, core.rng, ready=side.media.changed, clears=core.settings.delete_uploaded
    )


def _postcards(core: Core, links: Linked) -> Postcards:
    there = core.points.around("postcards", FollowedOnFanvue(links.fanvue, links.identity))
    return open_postcards(core, there)


def _lists(core: Core, links: Linked) -> Lists:
    there = core.points.around("lists", ListsOnFanvue(links.fanvue, links.identity, asyncio.sleep))
    return open_lists(core, there, core.settings.list_members)


def _alert_rules(core: Core, knowing: Knowing) -> AlertRules:
    def worded(event: News, ref: str, money: Money) -> Post | None:
        return announce(event, ref, None if money is Money.HIDDEN else shown_to(money).money)

    return open_alert_rules(
        core,
        announce=worded,
        tags_of=knowing.tags.tags_of,
        vip=VIP,
        floor_of=floor_of,
        window=core.settings.alert_fold_seconds * 1000,
        again=core.settings.alert_online_hours * 3_600_000,
    )


def _cards(core: Core, knowing: Knowing, promises: Promises, sold: Sold) -> FanCardsOpened:
    return open_cards(
        core,
        core.cards,
        marks=knowing.tags.tags_of,
        owed=promises.listing.on_card,
        mode=on_the_card,
        told=sold.items.on_card,
    )
