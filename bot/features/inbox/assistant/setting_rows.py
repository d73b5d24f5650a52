"""What /settings says of the assistant."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import SlotEntry
from bot.features.inbox.assistant import texts
from bot.features.inbox.assistant.permission import AssistantPermission
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.model.language import msgid
from storage.database import Transaction


def rows(permission: AssistantPermission) -> tuple[SlotEntry, ...]:
    """One row, where an assistant is set up."""

    async def value(tx: Transaction, permit: Permit) -> str:
        if permission.server is None:
            return ""
        return texts.state(await permission.given(tx, creator_of(permit)), permission.server)

    row = SettingRow(
        "assistant",
        SettingGroup.PRIVACY,
        msgid("Translations and drafts by a machine"),
        value,
        Action.PRIVACY_SHOW,
        (SettingWay("/inbox assistant", ("translate", "draft")),),
    )
    return (SETTING_ROWS.of(row),)
