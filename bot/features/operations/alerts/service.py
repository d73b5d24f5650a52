"""/settings alerts creator, team, mine: a rule made on one level, or taken away."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.features.operations.alerts.choice_rules import chosen_rule, stamped
from bot.features.operations.alerts.kinds import WITH_AMOUNT, AlertKind
from bot.features.operations.alerts.presence_events import never_told, never_told_words
from bot.features.operations.alerts.rules import AlertRuleLevel
from bot.features.operations.alerts.texts import KINDS, rule_told
from bot.model.language import tr
from bot.relay.alerts import AlertChoice
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import forums
from storage.operations import alert_rules
from storage.operations.alert_rules import EVERY, NOBODY, AlertRule
from storage.people import consents
from storage.records import Cents, CreatorId, DiscordId

EVERYTHING = "everything"
_EXACTNESS = list(MoneyView)


class AlertRuleService:
    """Permits were given at the door. `floor_of`: where the range of an amount begins."""

    def __init__(self, ctx: Context, *, floor_of: Callable[[Cents], Cents]) -> None:
        self._ctx = ctx
        self._floor_of = floor_of

    async def for_creator(self, permit: Permit, chosen: AlertChoice) -> str:
        """A rule about one creator, for their channel."""
        return await self._set([permit], AlertRuleLevel.CREATOR, chosen)

    async def for_team(self, permits: Sequence[Permit], chosen: AlertChoice) -> str:
        """A rule for the channels of all creators of this server."""
        return await self._set(permits, AlertRuleLevel.TEAM, chosen)

    async def for_me(self, permits: Sequence[Permit], chosen: AlertChoice, *, about_one: bool) -> str:
        """Set the caller's private alerts, about one creator or all."""
        return await self._set(
            permits, AlertRuleLevel.MEMBER_CREATOR if about_one else AlertRuleLevel.MEMBER, chosen
        )

    async def _set(self, permits: Sequence[Permit], level: AlertRuleLevel, chosen: AlertChoice) -> str:
        actor = permits[0].actor
        assert actor.guild is not None, "the action is asked on a server"
        whose = actor.user if level in (AlertRuleLevel.MEMBER, AlertRuleLevel.MEMBER_CREATOR) else NOBODY
        about = (
            permits[0].creator if level in (AlertRuleLevel.CREATOR, AlertRuleLevel.MEMBER_CREATOR) else EVERY
        )
        blank = AlertRule(actor.guild, about or EVERY, whose, "")
        money = min((permit.money for permit in permits), key=_EXACTNESS.index)

        async def work(tx: Transaction) -> str:
            if level is AlertRuleLevel.TEAM:
                there = set(await consents.of_guild(tx, blank.guild))
                if there - {permit.creator for permit in permits}:
                    return tr(
                        "Only a lead of every creator here can set team-wide alerts. No changes made: set "
                        "one creator's alerts with `/settings alerts creator`."
                    )
            wanted = await self._wanted(tx, blank, chosen, money)
            if isinstance(wanted, str):
                return wanted
            said = await self._keep(tx, wanted, chosen, actor.user)
            asked = [permit.creator for permit in permits if permit.creator is not None]
            needs = chosen.kind == AlertKind.ONLINE and chosen.state not in {"off", "usual"}
            return f"{said}\n{never_told_words()}" if needs and await never_told(tx, asked) else said

        return await self._ctx.database.write(work)

    async def _wanted(
        self, tx: Transaction, blank: AlertRule, chosen: AlertChoice, money: MoneyView
    ) -> list[AlertRule] | str:
        found: list[AlertRule] = []
        for kind in AlertKind if chosen.kind == EVERYTHING else (AlertKind(chosen.kind),):
            one = replace(blank, kind=kind.value)
            held = await alert_rules.get(tx, one.guild, one.creator, one.member, one.kind)
            no_amount = chosen.kind == EVERYTHING and kind not in WITH_AMOUNT
            typed = replace(chosen, cents=None) if no_amount else chosen
            rule = chosen_rule(held or one, typed, money, self._floor_of)
            if isinstance(rule, str):
                return rule
            found.append(await _in_its_channel(tx, rule))
        return found

    async def _keep(
        self, tx: Transaction, rules: Sequence[AlertRule], chosen: AlertChoice, by: DiscordId
    ) -> str:
        first, private = rules[0], rules[0].member != NOBODY
        for rule in rules:
            if chosen.state == "usual":
                await alert_rules.remove(tx, rule)
            else:
                await alert_rules.put(tx, stamped(rule, by, self._ctx.clock.now()))
        if private:
            await alert_rules.reopen(tx, first.guild, first.member)
        creator: CreatorId | None = first.creator if first.creator != EVERY else None
        target = f"{'own ' if private else ''}{chosen.kind}"
        await self._ctx.trail.write(tx, "alerts.set", "done", target=target, actor=by, creator=creator)
        what = f"**{tr('Everything') if len(rules) > 1 else tr(KINDS[first.kind])}**"
        if chosen.state == "usual":
            return tr(
                "{what}: this rule is removed. See the current rules in `/settings alerts show`.", what=what
            )
        return f"{what}: {rule_told(first if len(rules) == 1 else _amount_of(rules), private=private)}"


def _amount_of(rules: Sequence[AlertRule]) -> AlertRule:
    """The one among several that has an amount: it says most."""
    return max(rules, key=lambda rule: rule.threshold)


async def _in_its_channel(tx: Transaction, rule: AlertRule) -> AlertRule:
    """Without the channel, where it is the alerts channel itself, which may be another one some day."""
    forum = await forums.of_creator(tx, rule.creator) if rule.creator != EVERY else None
    same = forum is not None and rule.channel == forum.alerts
    return replace(rule, channel=None) if same else rule
