"""Builds what tells alerts by rules, and what is asked and said of these."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.alert_rules.asking import Asking
from bot.alert_rules.channel import ToChannel
from bot.alert_rules.deciding import CHANNEL, PRIVATE, AnnounceTo, Deciding, TagsOf
from bot.alert_rules.folding import Folding
from bot.alert_rules.online import Online
from bot.alert_rules.private import MembersPort, PrivatePort, ToMember
from bot.alert_rules.setting import Setting
from bot.alert_rules.showing_anew import ShowAnew
from bot.alert_rules.telling import Parts
from bot.engine.effect_handler import EffectHandler
from bot.model.ports import DiscordPort
from bot.relay.alerts import SHOWN_ANEW, AlertRouter
from bot.relay.context import Context
from bot.relay.pings import PingPort
from bot.relay.post_effects import PostAlertHandler
from storage.records import Cents, Millis


@dataclass(frozen=True)
class AlertRules:
    """The parts that the rest of the program speaks to."""

    deciding: Deciding
    telling: AlertRouter
    setting: Setting
    asking: Asking
    folding: Folding
    on: Context

    def deeds(
        self, discord: DiscordPort, calling: PingPort, private: PrivatePort, members: MembersPort
    ) -> Mapping[str, EffectHandler]:
        """How an alert reaches a channel, and one member."""
        on = self.on
        parts = Parts(
            database=on.database,
            discord=discord,
            calling=calling,
            folding=self.folding,
            clock=on.clock,
            late=on.late,
        )
        plain = PostAlertHandler(database=on.database, discord=discord, clock=on.clock, waits=on.waits)
        channel = ToChannel(parts, effects=on.effects, plain=plain)
        member = ToMember(parts, effects=on.effects, private=private, members=members)
        anew = ShowAnew(
            database=on.database,
            discord=discord,
            effects=on.effects,
            folding=self.folding,
            late=on.late,
            channel=channel,
            member=member,
        )
        return {CHANNEL: channel, PRIVATE: member, SHOWN_ANEW: anew}


def open_alert_rules(  # the ground, and what it cannot know itself
    on: Context,
    *,
    announce: AnnounceTo,
    tags_of: TagsOf,
    vip: str,
    floor_of: Callable[[Cents], Cents],
    window: Millis,
    again: Millis,
) -> AlertRules:
    """`window`: how long a message takes further alerts in; 0: each has its own.

    `again`: after how long it is told once more that the same fan came online.
    """
    deciding = Deciding(effects=on.effects, announce=announce, tags_of=tags_of, vip=vip)
    pace = on.waits.board  # like the board, it is edited once in so long at most
    return AlertRules(
        deciding=deciding,
        telling=Online(deciding, pseudonyms=on.effects.trail.pseudonyms, clock=on.clock, again=again),
        setting=Setting(database=on.database, trail=on.effects.trail, clock=on.clock, floor_of=floor_of),
        asking=Asking(database=on.database, effects=on.effects),
        folding=Folding(effects=on.effects, window=window, pace=pace),
        on=on,
    )
