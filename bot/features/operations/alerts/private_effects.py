"""An alert to one member, privately: whether they still may is looked up."""

from dataclasses import dataclass

from bot.access.permits import Actor, standing_of
from bot.access.roles import MoneyView, Permission, TeamStanding
from bot.engine.effect_handler import Body, Done, Moot, Outcome
from bot.engine.member_languages import writing_to
from bot.engine.outbox import wanted_alert
from bot.features.operations.alerts import texts
from bot.features.operations.alerts.alert_body import unpack
from bot.features.operations.alerts.effects import (
    AlertHandlerParts,
    AlertTarget,
    DroppedAlert,
    RuledAlertHandler,
)
from bot.features.operations.alerts.rules import for_member, quiet_left, still_sees
from bot.features.operations.alerts.spender_rules import over
from bot.features.operations.alerts.treatment_rules import Treated, treatment
from bot.model.discord_ports import MembershipPort, PrivateChannelPort
from bot.model.errors import BotForbidden, DeliveryRefused, SealDamaged, TargetGone, TextErased, TryLater
from bot.model.language import msgid
from bot.text.time_zones import DEFAULT_ZONE
from storage.database import Transaction
from storage.inbox import forums, threads
from storage.money import digests
from storage.operations import alert_rules
from storage.operations.alert_rules import AlertRule
from storage.records import DiscordId, Effect

_CLOSED = msgid("They don't accept private messages from the bot.")
_LEFT = msgid("They may no longer see this creator's chats.")


@dataclass(frozen=True)
class _PrivateAlertRule:
    rule: AlertRule
    guild: DiscordId
    thread: DiscordId | None


class PrivateAlertHandler(RuledAlertHandler):
    """One alert for one member. It does not wait for a server: who has left one is told nothing."""

    on_server = False

    def __init__(
        self,
        parts: AlertHandlerParts,
        *,
        private: PrivateChannelPort,
        members: MembershipPort,
    ) -> None:
        super().__init__(parts)
        self._private = private
        self._members = members

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Tell them; where they take no private messages, the alerts channel says so, once."""
        try:
            async with writing_to(self._parts.ctx.database, self._member(body), effect.creator):
                return await super().do(effect, body)
        except (TextErased, SealDamaged):
            raise
        except (DeliveryRefused, BotForbidden, TargetGone):
            if effect.attempt_started is not None:
                raise  # an earlier attempt may have passed: that is looked for first
            await self._parts.ctx.database.write(lambda tx: self._closed(tx, effect, body))
            return Moot(_CLOSED)

    async def target(self, effect: Effect, body: Body) -> AlertTarget | DroppedAlert:
        """Whether they want it and may see it, as Discord and their grants say now."""
        member = self._member(body)
        wanted = await self._parts.ctx.database.read(lambda tx: self._wanted(tx, effect, body))
        if isinstance(wanted, DroppedAlert):
            return wanted
        roles = await self._members.roles(wanted.guild, member)
        if roles is None:
            await self._parts.ctx.database.write(lambda tx: alert_rules.leave(tx, wanted.guild, member))
            return DroppedAlert(_LEFT)
        actor = Actor(member, wanted.guild, frozenset(roles))
        held = await self._parts.ctx.database.read(lambda tx: standing_of(tx, actor, effect.creator))
        if not _may(held, wanted.rule):
            return DroppedAlert(_LEFT)
        assert held is not None, "who may has a standing"
        why = over(unpack(body), held.money, self._parts.ctx.clock.now())
        if why is not None:
            return DroppedAlert(why)
        return AlertTarget(await self._private.channel(member), held.money, thread=wanted.thread)

    async def stands(self, effect: Effect, body: Body) -> AlertTarget:
        """Figures as they may see them now; one who left sees none."""
        member = self._member(body)
        forum = await self._parts.ctx.database.read(lambda tx: forums.of_creator(tx, effect.creator))
        roles = await self._members.roles(forum.guild, member) if forum is not None else None
        held: TeamStanding | None = None
        if forum is not None and roles is not None:
            actor = Actor(member, forum.guild, frozenset(roles))
            held = await self._parts.ctx.database.read(lambda tx: standing_of(tx, actor, effect.creator))
        return AlertTarget(DiscordId(0), held.money if held is not None else MoneyView.HIDDEN)

    async def treated(self, tx: Transaction, effect: Effect, body: Body) -> Treated:
        """By what they chose themselves."""
        forum, member = await forums.of_creator(tx, effect.creator), self._member(body)
        rules = await alert_rules.of_guild(tx, forum.guild) if forum is not None else ()

        def of(kind: str) -> str | None:
            ruled = for_member(rules, effect.creator, kind, member)
            return treatment(ruled.rule) if ruled is not None and ruled.rule.wanted else None

        return of

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search their private messages for the button that carries this effect's id."""
        return await self.find(effect, await self._private.channel(self._member(body)))

    async def _wanted(self, tx: Transaction, effect: Effect, body: Body) -> _PrivateAlertRule | DroppedAlert:
        forum, told = await forums.of_creator(tx, effect.creator), unpack(body)
        if forum is None:
            return DroppedAlert(_LEFT)
        rules = await alert_rules.about(tx, forum.guild, effect.creator, told.kind)
        ruled = for_member(rules, effect.creator, told.kind, self._member(body))
        if ruled is None or not ruled.rule.wanted:
            return DroppedAlert(msgid("They no longer want it."))
        if ruled.rule.closed_at is not None:
            return DroppedAlert(_CLOSED)
        zone = await digests.zone(tx, effect.creator) or DEFAULT_ZONE
        wait = quiet_left(ruled.rule, zone, self._parts.ctx.clock.now(), vip=told.vip)
        if wait:
            raise TryLater(msgid("These are their quiet hours."), after=wait / 1000)
        thread = await threads.current(tx, effect.creator, effect.fan) if effect.fan is not None else None
        shown = thread.thread if thread is not None and thread.state == "open" else None
        return _PrivateAlertRule(ruled.rule, forum.guild, shown)

    async def _closed(self, tx: Transaction, effect: Effect, body: Body) -> None:
        forum, member, now = (
            await forums.of_creator(tx, effect.creator),
            self._member(body),
            self._parts.ctx.clock.now(),
        )
        if forum is None or not await alert_rules.close(tx, forum.guild, member, now=now):
            return
        cause, post = f"alerts-closed:{forum.guild}:{member}:{now}", texts.closed(member)
        await self._parts.ctx.effects.add(
            tx, wanted_alert(effect.creator, cause=cause, part="closed", post=post)
        )

    def _member(self, body: Body) -> DiscordId:
        member = unpack(body).member
        assert member is not None, "a private alert names its member"
        return member


def _may(held: TeamStanding | None, rule: AlertRule) -> bool:
    return held is not None and Permission.READ in held.permissions and still_sees(rule, held.money)
