"""What /settings says of the reminders about fans who wait."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.text.quiet_hours import clock_of
from storage.database import Transaction
from storage.inbox import timers


async def _reminders(tx: Transaction, permit: Permit) -> str:
    held = await timers.get(tx, creator_of(permit))
    if held is None:
        return "Off: nobody is pinged about fans who wait."
    first = f"After {held.first} min the person who answers, or the team, is pinged"
    return f"{first}; {held.second} min later the team, then its leads." if held.second else f"{first}, once."


async def _quiet(tx: Transaction, permit: Permit) -> str:
    held = await timers.get(tx, creator_of(permit))
    if held is None or held.quiet_from is None or held.quiet_to is None:
        return "None." if held is not None else "None. Set the reminders first (Inbox)."
    return f"{clock_of(held.quiet_from)} to {clock_of(held.quiet_to)}, in the creator's time zone."


_COMMAND = "/inbox timers"
ROWS = tuple(
    SETTING_ROWS.of(row)
    for row in (
        SettingRow(
            "quiet",
            SettingGroup.GENERAL,
            "Quiet hours for reminders",
            _quiet,
            Action.SETTINGS,
            (SettingWay(_COMMAND, ("quiet_from", "quiet_to")),),
        ),
        SettingRow(
            "timers",
            SettingGroup.INBOX,
            "Reminders about fans who wait",
            _reminders,
            Action.SETTINGS,
            (SettingWay(_COMMAND, ("first", "second")),),
        ),
    )
)
