"""What /settings says of the guard: a row for each thing that it looks for."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.inbox.guard.packs import GuardPack, levels_of
from bot.features.inbox.guard.texts import FOLLOWS, NAMES, level_name
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingValue,
    SettingWay,
    creator_of,
)
from bot.model.language import tr
from storage.database import Transaction
from storage.inbox import guard_levels


def _value_of(pack: GuardPack) -> SettingValue:
    async def value(tx: Transaction, permit: Permit) -> str:
        level = levels_of(await guard_levels.of_creator(tx, creator_of(permit)))[pack]
        return f"{level_name(level).capitalize()}: {tr(FOLLOWS[level])}."

    return value


def _row(pack: GuardPack) -> SettingRow:
    way = SettingWay("/settings guard set", ("level",), {"pack": pack.value})
    key = f"guard_{pack.value}"
    return SettingRow(key, SettingGroup.GUARD, NAMES[pack], _value_of(pack), Action.GUARD_SHOW, (way,))


ROWS = tuple(SETTING_ROWS.of(_row(pack)) for pack in GuardPack)
