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
from bot.model.language import msgid, tr
from bot.text.safe_text import one_line, safe
from storage.database import Transaction
from storage.inbox import message_replies

_MARK = 5  # characters


async def _typing(tx: Transaction, permit: Permit) -> str:
    mode = await message_replies.mode(tx, creator_of(permit))
    if mode is None:
        return tr("Off: only Reply and /reply send to the fan.")
    return tr(
        "On: messages in a fan's thread are sent. {inside} keeps one inside.",
        inside=safe(one_line(mode.inside, _MARK)),
    )


ROWS = (
    SETTING_ROWS.of(
        SettingRow(
            "typing",
            SettingGroup.INBOX,
            msgid("Reply by typing"),
            _typing,
            Action.SETTINGS,
            (SettingWay("/inbox typing", ("state", "inside")),),
        )
    ),
)
