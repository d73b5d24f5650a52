"""What /settings says of a member's own pings."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.inbox.pings.texts import MODES
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
from storage.inbox import pings


async def _pings(tx: Transaction, permit: Permit) -> str:
    held = await pings.get(tx, creator_of(permit), permit.actor.user)
    return f"{tr(MODES[held.mode])}." if held is not None else tr("Off (not set).")


async def _quiet(tx: Transaction, permit: Permit) -> str:
    held = await pings.get(tx, creator_of(permit), permit.actor.user)
    if held is None or held.quiet_from is None or held.quiet_to is None:
        return tr("None.") if held is not None else tr("None. Choose your pings first (Inbox).")
    zone = held.zone or tr("the creator's time zone")
    return tr(
        "{begins} to {ends} ({zone}).",
        begins=clock_of(held.quiet_from),
        ends=clock_of(held.quiet_to),
        zone=zone,
    )


_COMMAND = "/inbox pings"
ROWS = tuple(
    SETTING_ROWS.of(row)
    for row in (
        SettingRow(
            "my_quiet",
            SettingGroup.GENERAL,
            msgid("Quiet hours for your pings"),
            _quiet,
            Action.PINGS,
            (SettingWay(_COMMAND, ("quiet_from", "quiet_to", "zone")),),
        ),
        SettingRow(
            "pings",
            SettingGroup.INBOX,
            msgid("Your pings about fans' messages"),
            _pings,
            Action.PINGS,
            (SettingWay(_COMMAND, ("mode",)),),
        ),
    )
)
