"""What /settings says of messages typed in fans' threads."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.text.safe_text import one_line, safe
from storage.database import Transaction
from storage.inbox import message_replies

_MARK = 5  # characters


async def _typing(tx: Transaction, permit: Permit) -> str:
    mode = await message_replies.mode(tx, creator_of(permit))
    if mode is None:
        return "Off: only Reply and /reply send to the fan."
    return f"On: messages in a fan's thread are sent. {safe(one_line(mode.inside, _MARK))} keeps one inside."


ROWS = (
    SETTING_ROWS.of(
        SettingRow(
            "typing",
            SettingGroup.INBOX,
            "Reply by typing",
            _typing,
            Action.SETTINGS,
            (SettingWay("/inbox typing", ("state", "inside")),),
        )
    ),
)
