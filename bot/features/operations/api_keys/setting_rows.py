"""What /settings says of keys."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import SlotEntry
from bot.features.operations.api_keys import texts
from bot.features.operations.api_keys.service import is_valid
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.model.language import msgid
from bot.model.ports import Clock
from storage.database import Transaction
from storage.people import api_keys


def rows(clock: Clock) -> tuple[SlotEntry, ...]:
    """One row: how many programs have a key."""

    async def value(tx: Transaction, permit: Permit) -> str:
        found = await api_keys.of_creator(tx, creator_of(permit))
        return texts.number([one for one in found if is_valid(one, clock.now())])

    row = SettingRow(
        "api_keys",
        SettingGroup.GENERAL,
        msgid("Programs with a key"),
        value,
        Action.API_KEYS,
        (SettingWay("/settings keys show"),),
    )
    return (SETTING_ROWS.of(row),)
