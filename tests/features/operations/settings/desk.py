"""`/settings` of a desk: one row, which everybody may change."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import SettingGroup, SettingRow, SettingWay
from bot.features.operations.settings.service import (
    ChosenSetting,
    Commands,
    SettingsPanel,
    SettingsPanelService,
)
from bot.model.ports import Post
from storage.database import Transaction
from tests.discord.desk import Desk, DeskServices


async def _value(_tx: Transaction, _permit: Permit) -> str:
    return "Nothing."


_WAY = SettingWay("/settings alerts mine", ("kind", "state"))
_ROW = SettingRow("mine", SettingGroup.ALERTS, "Your alerts", _value, Action.ALERTS, (_WAY,))


class DeskSettings:
    """Nothing is set."""

    async def page(self, permit: Permit, wanted: str, commands: Commands) -> SettingsPanel:
        return SettingsPanel(Post(body=("The settings.",)))

    async def chosen(self, permit: Permit, reference: str, commands: Commands) -> ChosenSetting | None:
        return ChosenSetting(_ROW, _WAY, 0, "Nothing.")


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {SettingsPanelService: DeskSettings()}
