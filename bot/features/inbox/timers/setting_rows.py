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
from bot.model.language import msgid, tr
from bot.text.quiet_hours import clock_of
from storage.database import Transaction
from storage.inbox import timers


async def _reminders(tx: Transaction, permit: Permit) -> str:
    held = await timers.get(tx, creator_of(permit))
    if held is None:
        return tr("Off: nobody is pinged about fans who wait.")
    if not held.second:
        return tr("After {first} min the person who answers, or the team, is pinged, once.", first=held.first)
    return tr(
        "After {first} min the person who answers, or the team, is pinged; {second} min later "
        "the team, then its leads.",
        first=held.first,
        second=held.second,
    )


async def _quiet(tx: Transaction, permit: Permit) -> str:
    held = await timers.get(tx, creator_of(permit))
    if held is None or held.quiet_from is None or held.quiet_to is None:
        return tr("None.") if held is not None else tr("None. Set the reminders first (Inbox).")
    return tr(
        "{begins} to {ends}, in the creator's time zone.",
        begins=clock_of(held.quiet_from),
        ends=clock_of(held.quiet_to),
    )


_COMMAND = "/inbox timers"
ROWS = tuple(
    SETTING_ROWS.of(row)
    for row in (
        SettingRow(
            "quiet",
            SettingGroup.GENERAL,
            msgid("Quiet hours for reminders"),
            _quiet,
            Action.SETTINGS,
            (SettingWay(_COMMAND, ("quiet_from", "quiet_to")),),
        ),
        SettingRow(
            "timers",
            SettingGroup.INBOX,
            msgid("Reminders about fans who wait"),
            _reminders,
            Action.SETTINGS,
            (SettingWay(_COMMAND, ("first", "second")),),
        ),
    )
)
