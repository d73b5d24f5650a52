"""What /settings says of earnings goals, as exactly as the reader sees figures."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.access.roles import MoneyView
from bot.features.money.periods.bands import shown_to
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from storage.database import Transaction
from storage.money import goals

_WAYS = (
    SettingWay("/money goal set", ("amount", "span", "counts"), label="Set one"),
    SettingWay("/money goal off", ("span",), label="End one"),
    SettingWay("/money goal show", label="Show progress"),
)


async def _goals(tx: Transaction, permit: Permit) -> str:
    if permit.money is MoneyView.HIDDEN:
        return ""
    show, held = shown_to(permit.money), await goals.of_creator(tx, creator_of(permit))
    lines = (f"Each {one.span}: {show.money(one.cents)} {'net' if one.net else 'gross'}." for one in held)
    return "\n".join(lines) or "None."


ROWS = (
    SETTING_ROWS.of(
        SettingRow("goals", SettingGroup.MONEY, "Earnings goals", _goals, Action.GOAL_SHOW, _WAYS)
    ),
)
