"""Builds what limits prices."""

from dataclasses import dataclass

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.model import REPLY_CHECKS
from bot.features.inbox.pricing import setting_rows
from bot.features.inbox.pricing.check import PriceLimitCheck
from bot.features.inbox.pricing.setting import PriceLimitSetting
from bot.relay.context import Context


@dataclass(frozen=True)
class PricingFeature:
    """The parts that the rest of the program speaks to."""

    check: PriceLimitCheck  # before a reply leaves
    setting: PriceLimitSetting


def make_pricing(on: Context) -> PricingFeature:
    """All of it, on the one ground."""
    setting = PriceLimitSetting(on)
    return PricingFeature(PriceLimitCheck(), setting)


def build(ctx: FeatureContext) -> Feature:
    """Limits, and the check that keeps to them."""
    pricing = make_pricing(ctx)
    brings = (REPLY_CHECKS.of(pricing.check), *setting_rows.ROWS)
    return Feature(name="pricing", services=(pricing.setting,), brings=brings)
