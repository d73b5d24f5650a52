"""The deciding rule: the most specific one that there is (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.access.roles import MoneyView
from bot.features.operations.alerts.kinds import ONLY_BY_RULE
from bot.text.quiet_hours import quiet_for
from bot.text.time_zones import zone_of
from storage.inbox.timers import TimerSettings
from storage.operations.alert_rules import EVERY, NOBODY, AlertRule
from storage.records import Cents, CreatorId, DiscordId, Millis

_EXACTNESS = list(MoneyView)


class AlertRuleLevel(StrEnum):
    """The level of a rule, the most specific first."""

    MEMBER_CREATOR = "member and creator"
    MEMBER = "member"
    CREATOR = "creator"
    TEAM = "team"
    USUAL = "usual"  # nobody made one


@dataclass(frozen=True)
class EffectiveAlertRule:
    """The rule that holds, and of which level it is."""

    rule: AlertRule
    level: AlertRuleLevel


def level_of(rule: AlertRule) -> AlertRuleLevel:
    """The level of a rule."""
    if rule.member != NOBODY:
        return AlertRuleLevel.MEMBER if rule.creator == EVERY else AlertRuleLevel.MEMBER_CREATOR
    return AlertRuleLevel.TEAM if rule.creator == EVERY else AlertRuleLevel.CREATOR


def for_channel(
    rules: Iterable[AlertRule], guild: DiscordId, creator: CreatorId, kind: str
) -> EffectiveAlertRule:
    """The rule for the channel: the creator's own, then the team's; else nearly everything is told."""
    usual = EffectiveAlertRule(
        AlertRule(guild, creator, NOBODY, kind, wanted=kind not in ONLY_BY_RULE), AlertRuleLevel.USUAL
    )
    return _narrowest(rules, creator, kind, NOBODY) or usual


def for_member(
    rules: Iterable[AlertRule], creator: CreatorId, kind: str, member: DiscordId
) -> EffectiveAlertRule | None:
    """A member's own rule, about this creator first; None: they chose nothing."""
    return _narrowest(rules, creator, kind, member)


def members_in(rules: Iterable[AlertRule]) -> Sequence[DiscordId]:
    """Everybody who chose something for themselves."""
    return sorted({rule.member for rule in rules} - {NOBODY})


def tells(rule: AlertRule, cents: Cents | None) -> bool:
    """Whether it is told at all. An amount that Fanvue did not tell is below no threshold."""
    return rule.wanted and (cents is None or abs(cents) >= rule.threshold)


def still_sees(rule: AlertRule, money: MoneyView) -> bool:
    """Whether a threshold tells its reader no more than figures would: they see those as they did then."""
    return rule.threshold == 0 or _EXACTNESS.index(money) >= _EXACTNESS.index(MoneyView(rule.money))


def quiet_left(rule: AlertRule, zone: str, now: Millis, *, vip: bool) -> Millis:
    """The time left of a rule's quiet hours; 0: it is not quiet. `zone`: the creator's."""
    if vip and rule.vips:
        return 0
    hours = TimerSettings(rule.creator, 1, None, rule.quiet_from, rule.quiet_to)
    return quiet_for(hours, now, zone_of(rule.zone or zone))


def _narrowest(
    rules: Iterable[AlertRule], creator: CreatorId, kind: str, member: DiscordId
) -> EffectiveAlertRule | None:
    fitting = [
        rule
        for rule in rules
        if rule.kind == kind and rule.member == member and rule.creator in (creator, EVERY)
    ]
    if not fitting:
        return None
    found = max(fitting, key=lambda rule: rule.creator != EVERY)
    return EffectiveAlertRule(found, level_of(found))
