"""What /settings says of earnings goals, as exactly as the reader sees figures."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.access.roles import MoneyView
from bot.features.money.goals.span_rules import MONTH, WEEK
from bot.features.money.periods.bands import shown_to
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.model.language import msgid, tr
from storage.database import Transaction
from storage.money import goals

_WAYS = (
    SettingWay("/money goal set", ("amount", "span", "counts"), label=msgid("Set one")),
    SettingWay("/money goal off", ("span",), label=msgid("End one")),
    SettingWay("/money goal show", label=msgid("Show progress")),
)
_EACH = {  # by the span, and whether the net counts
    (WEEK, True): msgid("Each week: {amount} net."),
    (WEEK, False): msgid("Each week: {amount} gross."),
    (MONTH, True): msgid("Each month: {amount} net."),
    (MONTH, False): msgid("Each month: {amount} gross."),
}


async def _goals(tx: Transaction, permit: Permit) -> str:
    if permit.money is MoneyView.HIDDEN:
        return ""
    show, held = shown_to(permit.money), await goals.of_creator(tx, creator_of(permit))
    lines = (tr(_EACH[one.span, one.net], amount=show.money(one.cents)) for one in held)
    return "\n".join(lines) or tr("None.")


ROWS = (
    SETTING_ROWS.of(
        SettingRow("goals", SettingGroup.MONEY, msgid("Earnings goals"), _goals, Action.GOAL_SHOW, _WAYS)
    ),
)
