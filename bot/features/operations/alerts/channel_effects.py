"""An alert in a channel: the one that a rule names, else the alerts channel."""

from bot.access.roles import MoneyView
from bot.engine.effect_handler import Body, Done, Outcome
from bot.engine.outbox import wanted_alert
from bot.features.operations.alerts import texts
from bot.features.operations.alerts.alert_body import is_told, unpack
from bot.features.operations.alerts.effects import (
    AlertHandlerParts,
    AlertTarget,
    DroppedAlert,
    RuledAlertHandler,
)
from bot.features.operations.alerts.rules import EffectiveAlertRule, for_channel, quiet_left
from bot.features.operations.alerts.spender_rules import over
from bot.features.operations.alerts.treatment_rules import Treated, treatment
from bot.model.errors import BotForbidden, TargetGone, TryLater
from bot.model.language import msgid
from bot.relay.ping_recipients import PingRecipients
from bot.relay.post_effects import PostAlertHandler
from bot.text.time_zones import DEFAULT_ZONE
from storage.database import Transaction
from storage.inbox import forums
from storage.money import digests
from storage.operations import alert_rules
from storage.operations.alert_rules import AlertRule
from storage.records import DiscordId, Effect, Forum, Millis

_MOVED = msgid("The chosen channel is gone: it goes to the alerts channel.")


class ChannelAlertHandler(RuledAlertHandler):
    """Every kind of line in the alerts channel is this handler's; those without rules are left to `plain`."""

    def __init__(self, parts: AlertHandlerParts, *, plain: PostAlertHandler) -> None:
        super().__init__(parts)
        self._plain = plain

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post it; where a chosen channel is gone, from then on in the alerts channel."""
        if not is_told(body):
            return await self._plain.do(effect, body)
        try:
            return await super().do(effect, body)
        except (TargetGone, BotForbidden):
            if not await self._parts.ctx.database.write(lambda tx: self._fall_back(tx, effect, body)):
                raise
            raise TryLater(_MOVED, after=0.0) from None

    async def target(self, effect: Effect, body: Body) -> AlertTarget | DroppedAlert:
        """The channel that holds now, and whom it calls."""
        return await self._parts.ctx.database.read(lambda tx: self._target(tx, effect, body))

    async def stands(self, effect: Effect, body: Body) -> AlertTarget:
        """The same, without regard to the rules of now."""
        return await self._parts.ctx.database.read(lambda tx: self._stands(tx, effect, body))

    async def treated(self, tx: Transaction, effect: Effect, body: Body) -> Treated:  # noqa: ARG002
        """By the creator's rules, then the team's."""
        forum = await forums.of_creator(tx, effect.creator)
        rules = await alert_rules.of_guild(tx, forum.guild) if forum is not None else ()

        def of(kind: str) -> str | None:
            guild = forum.guild if forum is not None else DiscordId(0)
            rule = for_channel(rules, guild, effect.creator, kind).rule
            return treatment(rule) if rule.wanted else None

        return of

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the channel that a rule names, and the alerts channel."""
        if not is_told(body):
            return await self._plain.look(effect, body)

        async def places(tx: Transaction) -> list[DiscordId]:
            forum = await forums.of_creator(tx, effect.creator)
            if forum is None:
                return []
            chosen = (await self._ruled(tx, effect, body, forum)).rule.channel
            return [forum.alerts] if chosen is None else [chosen, forum.alerts]

        for channel in await self._parts.ctx.database.read(places):
            found = await self.find(effect, channel)
            if found is not None:
                return found
        return None

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The alerts channel was deleted: it waits until a person has run /setup again."""
        return await self._plain.gone(tx, effect, reason)

    async def _target(self, tx: Transaction, effect: Effect, body: Body) -> AlertTarget | DroppedAlert:
        forum, now = await forums.of_creator(tx, effect.creator), self._parts.ctx.clock.now()
        if forum is None:
            raise TryLater(msgid("There is no alerts channel yet: run /setup."), paused=True)
        ruled, told = await self._ruled(tx, effect, body, forum), unpack(body)
        rule = ruled.rule
        if not rule.wanted:
            return DroppedAlert(msgid("A newer rule says that this is not announced."))
        zone = await digests.zone(tx, effect.creator) or DEFAULT_ZONE
        wait = quiet_left(rule, zone, now, vip=told.vip)
        if wait:
            raise TryLater(msgid("These are the quiet hours."), after=wait / 1000)
        aimed = _aimed(rule, forum)
        why = over(told, aimed.money, now)
        return aimed if why is None else DroppedAlert(why)

    async def _stands(self, tx: Transaction, effect: Effect, body: Body) -> AlertTarget:
        forum = await forums.of_creator(tx, effect.creator)
        if forum is None:
            return AlertTarget(DiscordId(0), MoneyView.HIDDEN)
        return _aimed((await self._ruled(tx, effect, body, forum)).rule, forum)

    async def _ruled(self, tx: Transaction, effect: Effect, body: Body, forum: Forum) -> EffectiveAlertRule:
        kind = unpack(body).kind
        rules = await alert_rules.about(tx, forum.guild, effect.creator, kind)
        return for_channel(rules, forum.guild, effect.creator, kind)

    async def _fall_back(self, tx: Transaction, effect: Effect, body: Body) -> bool:
        """False where it was the alerts channel itself. Said once for each time that it was chosen."""
        forum = await forums.of_creator(tx, effect.creator)
        rule = (await self._ruled(tx, effect, body, forum)).rule if forum is not None else None
        if forum is None or rule is None or rule.channel in (None, forum.alerts):
            return False
        await alert_rules.forget_channel(tx, forum.guild, rule.channel)
        cause = f"alerts-lost:{effect.creator}:{rule.channel}:{rule.at}"
        post = texts.lost(rule.channel)
        await self._parts.ctx.effects.add(
            tx, wanted_alert(effect.creator, cause=cause, part="lost", post=post)
        )
        return True


def _aimed(rule: AlertRule, forum: Forum) -> AlertTarget:
    whom = PingRecipients()
    if rule.mention_id is not None:
        one = (rule.mention_id,)
        whom = PingRecipients(roles=one) if rule.mention == "role" else PingRecipients(members=one)
    # Whoever reads the alerts channel always saw figures there; elsewhere it is what its chooser saw.
    if rule.channel is None or rule.channel == forum.alerts:
        return AlertTarget(forum.alerts, MoneyView.EXACT, whom)
    return AlertTarget(rule.channel, MoneyView(rule.money), whom)
