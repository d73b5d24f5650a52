"""Tells those who asked that a fan came online, once in some hours."""

from collections.abc import Sequence

from bot.features.operations.alerts.decisions import AlertDecider
from bot.features.operations.alerts.kinds import AlertKind
from bot.features.operations.alerts.rules import for_channel, for_member, members_in, quiet_left
from bot.features.operations.alerts.spender_rules import counts, is_fresh
from bot.model.events import CameOnline
from bot.model.news import News, SpenderOnline
from bot.relay.context import Context
from bot.relay.fan_names import learn
from bot.text.time_zones import DEFAULT_ZONE
from storage.database import Transaction
from storage.inbox import forums
from storage.money import digests, spending
from storage.operations import alert_rules, online_fans
from storage.operations.alert_rules import AlertRule
from storage.records import Cents, CreatorId, FanId, Millis


class OnlineFanAlerts:
    """Tells of everything as `AlertDecider` does; of fans online only news for those who asked."""

    def __init__(self, ctx: Context, deciding: AlertDecider, *, again: Millis) -> None:
        """`again`: after how long the same fan is told of once more."""
        self._deciding = deciding
        self._pseudonyms = ctx.trail.pseudonyms
        self._ctx = ctx
        self._again = again

    async def tell(self, tx: Transaction, event: News, cause: str) -> None:
        """Tell nothing of late events, nor again within hours; of most fans nobody wants to know."""
        if not isinstance(event, CameOnline):
            await self._deciding.tell(tx, event, cause)
            return
        now, creator, fan = self._ctx.clock.now(), event.creator, event.fan
        asked = await self._asked(tx, creator, fan.id, now) if is_fresh(event.at, now) else ()
        if not asked:
            return
        vip, spent = await self._deciding.is_vip(tx, creator, fan.id), await self._spent(tx, creator, fan.id)
        zone = await digests.zone(tx, creator) or DEFAULT_ZONE
        news = SpenderOnline(creator, fan, spent, vip, event.at)
        for rule in asked:
            # After quiet hours it is no news, so it is not held back for them; nor does it count as told.
            if counts(rule, spent, vip=vip) and not quiet_left(rule, zone, now, vip=vip):
                await learn(tx, creator, fan, now=now)  # so that they can be forgotten
                await self._deciding.add(tx, news, cause, rule)
                await online_fans.tell(tx, creator, fan.id, rule.member, now=now, since=now - self._again)

    async def _asked(
        self, tx: Transaction, creator: CreatorId, fan: FanId, now: Millis
    ) -> Sequence[AlertRule]:
        forum = await forums.of_creator(tx, creator)
        if forum is None:
            return ()
        rules = await alert_rules.about(tx, forum.guild, creator, AlertKind.ONLINE)
        found = [for_channel(rules, forum.guild, creator, AlertKind.ONLINE).rule]
        for member in members_in(rules):
            ruled = for_member(rules, creator, AlertKind.ONLINE, member)
            if ruled is not None:
                found.append(ruled.rule)
        wanting = [rule for rule in found if rule.wanted]
        told = await online_fans.told_to(tx, creator, fan, since=now - self._again) if wanting else ()
        return [rule for rule in wanting if rule.member not in told]

    async def _spent(self, tx: Transaction, creator: CreatorId, fan: FanId) -> Cents:
        name = await self._pseudonyms.known(tx, creator, fan)
        return 0 if name is None else await spending.of(tx, creator, name, now=self._ctx.clock.now())
