"""What /settings says of rules by which drafts leave."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.draft_rules.setting import said
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.model.language import msgid
from storage.database import Transaction

_OPTIONS = ("kind", "limit", "begins", "ends", "wait")


async def _value(tx: Transaction, permit: Permit) -> str:
    return await said(tx, creator_of(permit))


ROWS = (
    SETTING_ROWS.of(
        SettingRow(
            "autosend",
            SettingGroup.GENERAL,
            msgid("Automatic sending of drafts"),
            _value,
            Action.SETTINGS,
            (SettingWay("/inbox autosend", _OPTIONS),),
        )
    ),
)
