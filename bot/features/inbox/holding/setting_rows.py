"""What /settings says of how long replies wait before they are sent."""

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
from storage.database import Transaction
from storage.inbox import reply_holds


async def _hold(tx: Transaction, permit: Permit) -> str:
    seconds = await reply_holds.seconds(tx, creator_of(permit))
    return (
        tr("Replies wait {seconds} s, and can be cancelled.", seconds=seconds)
        if seconds
        else tr("Replies are sent right away.")
    )


ROWS = (
    SETTING_ROWS.of(
        SettingRow(
            "hold",
            SettingGroup.INBOX,
            msgid("Time to cancel a reply"),
            _hold,
            Action.SETTINGS,
            (SettingWay("/inbox hold", ("seconds",)),),
        )
    ),
)
