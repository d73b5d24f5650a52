"""Builds every feature, in groups, and says which deeds and duties are theirs."""

from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from bot.access.roles import MoneyView
from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.app.discord_ports import DiscordPorts, discord_side
from bot.app.fan_features import FanFeatures, open_fans
from bot.app.fanvue import FanvueFeatures
from bot.app.forum_features import ForumFeatures, open_forums
from bot.app.inbox_features import InboxFeatures, open_inbox
from bot.app.money_features import MoneyFeatures, open_takings
from bot.app.people_features import PeopleFeatures, open_care
from bot.app.sending_features import SendingFeatures, open_sending
from bot.discord.direct_requests import DirectRequests
from bot.discord.membership import GuildMembership
from bot.discord.picture_posts import PicturePoster
from bot.discord.thread_removal import DiscordThreadRemover
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.notes.tag_service import VIP
from bot.features.money.digests.post_effects import DigestPorts
from bot.features.money.digests.reader import DigestWaitingSources
from bot.features.money.periods.bands import floor_of, shown_to
from bot.features.operations.alerts.announcement_texts import announce
from bot.features.operations.alerts.feature import AlertsFeature, open_alert_rules
from bot.features.operations.problems.service import ProblemService
from bot.model.events import Event
from bot.model.news import News
from bot.model.ports import Post
from storage.database import Transaction


@dataclass(frozen=True)
class FeatureGroups:
    """One field a group of features; a new feature goes into the group that it belongs to."""

    side: FanvueFeatures
    fans: FanFeatures
    inbox: InboxFeatures
    forums: ForumFeatures
    sending: SendingFeatures
    takings: MoneyFeatures
    care: PeopleFeatures
    alert_rules: AlertsFeature

    async def happened(self, tx: Transaction, event: Event) -> None:
        """A fact was decided."""
        await self.fans.standing.standings.happened(tx, event)
        await self.takings.audience.hearing.happened(tx, event)

    def deeds(
        self, core: AppContext, discord: DiscordThreadRemover, direct: DirectRequests
    ) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are not the relay's own, each feature's from itself."""
        on = discord_side(core, discord, direct)
        told = core.points.around("alerts", discord)
        return {
            **self.side.deeds(),
            **self.fans.deeds(core, on),
            **self.inbox.deeds(on),
            **self.forums.deeds(core, on),
            **self.sending.deeds(on),
            **self.takings.deeds(_posting(core, on)),
            **self.care.deeds(core, on),
            **self.alert_rules.deeds(told, on.calling, on.private, GuildMembership(direct)),
        }

    def duties(self, *, divisor: float) -> list[BackgroundTask]:
        """What must run, except in a restored database that waits; `divisor` shortens the pauses."""
        return [
            *self.side.duties(divisor=divisor),
            *self.fans.duties(divisor=divisor),
            *self.inbox.duties(divisor=divisor),
            *self.forums.duties(),
            *self.sending.duties(divisor=divisor),
            *self.takings.duties(divisor=divisor),
            *self.care.duties(),
        ]


def features_of(
    core: AppContext, links: LinkedAccounts, side: FanvueFeatures, session: aiohttp.ClientSession
) -> FeatureGroups:
    """Every feature, on the one ground; `session` speaks to Discord's store of files."""
    fans = open_fans(core, links, side.broadcasts.kind)
    inbox, alert_rules = open_inbox(core, fans), _alert_rules(core, fans.knowing)
    sending = open_sending(core, links, side, session, inbox.templates)
    _hear(core, fans, inbox)
    return FeatureGroups(
        side=side,
        fans=fans,
        inbox=inbox,
        forums=open_forums(core, side.chats),
        sending=sending,
        takings=open_takings(core, links, alert_rules.deciding, _waiting(core, fans, inbox)),
        care=open_care(
            core, links, [fans.promises.leaving, sending.composing.leaving], inbox.board.noticing.deleted
        ),
        alert_rules=alert_rules,
    )


def _hear(core: AppContext, fans: FanFeatures, inbox: InboxFeatures) -> None:
    """Whoever shows talks, or acts on them, hears of every change."""
    standings = fans.standing.standings
    core.changes.hear(inbox.timers.watching.changed)
    core.changes.hear(lambda tx, change: standings.talked(tx, change.creator, change.fan))
    core.changes.hear(lambda tx, change: inbox.board.noticing.changed(tx, change.creator))


def _waiting(core: AppContext, fans: FanFeatures, inbox: InboxFeatures) -> DigestWaitingSources:
    problems = ProblemService(
        database=core.database, effects=core.effects, dispatch=core.dispatch, clock=core.clock
    )
    board = inbox.board.reading
    return DigestWaitingSources(
        fans=board.unanswered, problems=problems.waiting, owed=fans.promises.listing.owed, held=board.held
    )


def _posting(core: AppContext, on: DiscordPorts) -> DigestPorts:
    pictures = core.points.around("pictures", PicturePoster(on.direct))
    return DigestPorts(discord=on.discord, pictures=pictures, private=on.private)


def _alert_rules(core: AppContext, knowing: NotesFeature) -> AlertsFeature:
    def worded(event: News, ref: str, money: MoneyView) -> Post | None:
        return announce(event, ref, None if money is MoneyView.HIDDEN else shown_to(money).money)

    return open_alert_rules(
        core,
        announce=worded,
        tags_of=knowing.tags.tags_of,
        vip=VIP,
        floor_of=floor_of,
        window=core.settings.alert_fold_seconds * 1000,
        again=core.settings.alert_online_hours * 3_600_000,
    )
