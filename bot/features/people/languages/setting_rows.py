"""What /settings says of languages."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.features.people.languages import texts
from bot.model.language import msgid
from storage.database import Transaction
from storage.people import languages


async def _mine(tx: Transaction, permit: Permit) -> str:
    return texts.mine(await languages.of_member(tx, permit.actor.user))


async def _channels(tx: Transaction, permit: Permit) -> str:
    return texts.channels(await languages.of_channels(tx, creator_of(permit)))


ROWS = tuple(
    SETTING_ROWS.of(row)
    for row in (
        SettingRow(
            "channel_language",
            SettingGroup.GENERAL,
            msgid("Language of the channels"),
            _channels,
            Action.SETTINGS,
            (SettingWay("/settings language", ("language",)),),
        ),
        SettingRow(
            "my_language",
            SettingGroup.GENERAL,
            msgid("Your language"),
            _mine,
            Action.SETTINGS,
            (SettingWay("/account language", ("language",)),),
        ),
    )
)
