"""Builds what shows all settings of a creator in one place."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.settings.model import SETTING_ROWS
from bot.features.operations.settings.service import SettingsPanelService


def build(ctx: FeatureContext) -> Feature:
    """Each feature brings its rows, so it knows none of them."""
    rows = ctx.brought(SETTING_ROWS, "settings")
    return Feature(name="settings", services=(SettingsPanelService(database=ctx.database, rows=rows),))
