"""Builds what tells alerts by rules, and what is asked and said of these."""

from collections.abc import Callable, Mapping

from bot.access.roles import MoneyView
from bot.discord.membership import GuildMembership
from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.notes.tag_service import VIP
from bot.features.money.periods.bands import floor_of, shown_to
from bot.features.operations.alerts import setting_rows
from bot.features.operations.alerts.announcement_texts import announce
from bot.features.operations.alerts.channel_effects import ChannelAlertHandler
from bot.features.operations.alerts.decisions import CHANNEL, PRIVATE, AlertDecider, AnnounceTo, TagsOf
from bot.features.operations.alerts.effects import AlertHandlerParts
from bot.features.operations.alerts.explanation_service import AlertExplanationService
from bot.features.operations.alerts.grouping_rules import AlertMessageGrouper
from bot.features.operations.alerts.online_fans import OnlineFanAlerts
from bot.features.operations.alerts.private_effects import PrivateAlertHandler
from bot.features.operations.alerts.refresh_effects import AlertRefreshHandler
from bot.features.operations.alerts.service import AlertRuleService
from bot.model.discord_ports import MembershipPort, PrivateChannelPort
from bot.model.news import News
from bot.model.ports import DiscordPort, Post
from bot.relay.alerts import SHOWN_ANEW
from bot.relay.context import Context
from bot.relay.pings import PingPort
from bot.relay.post_effects import PostAlertHandler
from storage.records import Cents, Millis


class AlertsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self,  # the ground, and what it cannot know itself
        on: Context,
        *,
        announce: AnnounceTo,
        tags_of: TagsOf,
        vip: str,
        floor_of: Callable[[Cents], Cents],
        window: Millis,
        again: Millis,
    ) -> None:
        """`window`: how long a message takes further alerts in; 0: each has its own.

        `again`: after how long it is told once more that the same fan came online.
        """
        self.deciding = AlertDecider(effects=on.effects, announce=announce, tags_of=tags_of, vip=vip)
        self.telling = OnlineFanAlerts(on, self.deciding, again=again)
        self.setting = AlertRuleService(on, floor_of=floor_of)
        self.asking = AlertExplanationService(on)
        self.folding = AlertMessageGrouper(on, window=window)
        self.on = on

    def handlers(
        self, discord: DiscordPort, calling: PingPort, private: PrivateChannelPort, members: MembershipPort
    ) -> Mapping[str, EffectHandler]:
        """How an alert reaches a channel, and one member."""
        parts = AlertHandlerParts(ctx=self.on, discord=discord, calling=calling, folding=self.folding)
        channel = ChannelAlertHandler(parts, plain=PostAlertHandler(self.on, discord=discord))
        member = PrivateAlertHandler(parts, private=private, members=members)
        anew = AlertRefreshHandler(
            self.on, discord=discord, folding=self.folding, channel=channel, member=member
        )
        return {CHANNEL: channel, PRIVATE: member, SHOWN_ANEW: anew}


def build(ctx: FeatureContext) -> Feature:
    """Sums are told as exactly as their reader may see them."""

    def worded(event: News, ref: str, who: str | None, money: MoneyView) -> Post | None:
        return announce(event, ref, who, None if money is MoneyView.HIDDEN else shown_to(money).money)

    alerts = AlertsFeature(
        ctx,
        announce=worded,
        tags_of=ctx.get(NotesFeature).tags.tags_of,
        vip=VIP,
        floor_of=floor_of,
        window=ctx.settings.alert_fold_seconds * 1000,
        again=ctx.settings.alert_online_hours * 3_600_000,
    )

    def handlers(on: DiscordPorts) -> Mapping[str, EffectHandler]:
        told = ctx.points.around("alerts", on.discord)
        return alerts.handlers(told, on.calling, on.private, GuildMembership(on.direct))

    return Feature(
        name="alerts",
        parts=(alerts,),
        services=(alerts.setting, alerts.asking),
        effects=handlers,
        brings=setting_rows.ROWS,
    )
