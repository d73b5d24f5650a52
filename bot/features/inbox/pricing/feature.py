"""Builds what limits prices."""

from dataclasses import dataclass

from bot.features.inbox.pricing.check import PriceLimitCheck
from bot.features.inbox.pricing.setting import PriceLimitSetting
from bot.relay.context import Context


@dataclass(frozen=True)
class PricingFeature:
    """The parts that the rest of the program speaks to."""

    check: PriceLimitCheck  # before a reply leaves
    setting: PriceLimitSetting


def open_pricing(on: Context) -> PricingFeature:
    """All of it, on the one ground."""
    setting = PriceLimitSetting(database=on.database, clock=on.clock, ids=on.ids, trail=on.effects.trail)
    return PricingFeature(PriceLimitCheck(), setting)
