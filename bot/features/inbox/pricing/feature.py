"""Builds what limits prices."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.model import REPLY_CHECKS
from bot.features.inbox.pricing import setting_rows
from bot.features.inbox.pricing.check import PriceLimitCheck
from bot.features.inbox.pricing.setting import PriceLimitSetting
from bot.relay.context import Context


class PricingFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context) -> None:
        """All of it, on the one ground."""
        self.setting = PriceLimitSetting(on)
        self.check = PriceLimitCheck()  # before a reply leaves


def build(ctx: FeatureContext) -> Feature:
    """Limits, and the check that keeps to them."""
    pricing = PricingFeature(ctx)
    brings = (REPLY_CHECKS.of(pricing.check), *setting_rows.ROWS)
    return Feature(name="pricing", services=(pricing.setting,), brings=brings)
