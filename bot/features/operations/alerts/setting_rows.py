"""What /settings says of alerts: the team's rules, this creator's, and one's own."""

from collections.abc import Callable

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingValue,
    SettingWay,
    creator_of,
)
from bot.model.language import msgid, tr, tr_many
from storage.database import Transaction
from storage.operations import alert_rules
from storage.operations.alert_rules import EVERY, NOBODY, AlertRule

_SHOW = SettingWay("/settings alerts show", label=msgid("Show the rules"))
_WHAT, _WHEN = ("kind", "state"), ("kind", "quiet_from", "quiet_to", "vips")
_MONEY_AND_PLACE = ("from_amount", "channel", "role")


def _value_of(concerns: Callable[[AlertRule, Permit], bool], none: str) -> SettingValue:
    async def value(tx: Transaction, permit: Permit) -> str:
        if permit.actor.guild is None:
            return ""
        rules = await alert_rules.of_guild(tx, permit.actor.guild)
        number = sum(concerns(one, permit) for one in rules)
        return tr_many("{n} rule.", "{n} rules.", number) if number else tr(none)

    return value


def _team(rule: AlertRule, _permit: Permit) -> bool:
    return rule.member == NOBODY and rule.creator == EVERY


def _creator(rule: AlertRule, permit: Permit) -> bool:
    return rule.member == NOBODY and rule.creator == creator_of(permit)


def _own(rule: AlertRule, permit: Permit) -> bool:
    return rule.member == permit.actor.user and rule.creator in {EVERY, creator_of(permit)}


def _ways(command: str, more: tuple[str, ...], last: tuple[str, ...]) -> tuple[SettingWay, ...]:
    return (
        SettingWay(command, (*_WHAT, *more), label=msgid("Which alerts")),
        SettingWay(command, (*_WHEN, *last), label=msgid("Quiet hours")),
        _SHOW,
    )


ROWS = tuple(
    SETTING_ROWS.of(SettingRow(key, SettingGroup.ALERTS, title, value, Action.ALERTS, ways))
    for key, title, value, ways in (
        (
            "alerts_creator",
            msgid("Alerts of this creator"),
            _value_of(_creator, msgid("As for the team.")),
            _ways("/settings alerts creator", _MONEY_AND_PLACE, ("member",)),
        ),
        (
            "alerts_team",
            msgid("Alerts of all creators here"),
            _value_of(_team, msgid("Everything is shown in the alerts channel, except top spenders online.")),
            _ways("/settings alerts team", ("from_amount", "role"), ("member",)),
        ),
        (
            "alerts_mine",
            msgid("Your private alerts"),
            _value_of(_own, msgid("None.")),
            _ways("/settings alerts mine", ("from_amount",), ("zone",)),
        ),
    )
)
