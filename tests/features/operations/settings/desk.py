"""`/settings` of a desk: one row, which everybody may change."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import SettingGroup, SettingRow, SettingWay
from bot.features.operations.settings.service import ChosenSetting, SettingsPanel, SettingsPanelService
from bot.model.ports import Post
from storage.database import Transaction
from tests.discord.desk_answers import answering


async def _value(_tx: Transaction, _permit: Permit) -> str:
    return "Nothing."


_WAY = SettingWay("/settings alerts mine", ("kind", "state"))
_ROW = SettingRow("mine", SettingGroup.ALERTS, "Your alerts", _value, Action.ALERTS, (_WAY,))


STAND_INS = answering(
    SettingsPanelService,
    page=SettingsPanel(Post(body=("The settings.",))),
    chosen=ChosenSetting(_ROW, _WAY, 0, "Nothing."),
)
