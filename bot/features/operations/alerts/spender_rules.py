"""Rules of top spenders: for whom, and how long their coming is news (pure)."""

from bot.access.roles import MoneyView
from bot.features.operations.alerts.alert_body import AlertBody
from bot.features.operations.alerts.kinds import AlertKind
from bot.model.language import msgid, tr
from bot.text.render import money
from storage.operations.alert_rules import AlertRule
from storage.records import Cents, Millis

MUCH: Cents = 25_000  # where a rule names no amount; as for whoever sees ranges, a range begins there
FRESH: Millis = 600_000
_NOT_YOURS = msgid("You need access to figures to use spending.")


def counts(rule: AlertRule, spent: Cents, *, vip: bool) -> bool:
    """Whether a fan is a top spender by this rule; one the team marked is, where it names no amount."""
    return spent >= rule.threshold if rule.threshold else vip or spent >= MUCH


def is_fresh(at: Millis, now: Millis) -> bool:
    """Whether somebody who came online then may still be there. A clock that is ahead says nothing."""
    return abs(now - at) <= FRESH


def over(told: AlertBody, sees: MoneyView, now: Millis) -> str | None:
    """The reason somebody is told no more that a fan came online; None: tell, or it is another alert.

    That an alert comes tells what was spent: those who see no figures are told only of fans the team marked.
    """
    if told.kind != AlertKind.ONLINE:
        return None
    if not is_fresh(told.at, now):
        return msgid("They came online too long ago.")
    return _NOT_YOURS if sees is MoneyView.HIDDEN and not told.vip else None


def of_whom(rule: AlertRule, *, private: bool) -> str:
    """The fans that a rule is about, in words. Readers of the alerts channel see figures there."""
    if rule.threshold:
        return tr("of fans who have spent {amount} or more", amount=money(rule.threshold))
    if rule.money == MoneyView.HIDDEN and (private or rule.channel is not None):
        return tr("of fans with the tag vip")
    return tr("of fans with the tag vip, and of those who have spent {amount} or more", amount=money(MUCH))
