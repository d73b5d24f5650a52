"""Builds what limits prices."""

from dataclasses import dataclass

from bot.pricing.check import PriceLimits
from bot.pricing.setting import Setting
from bot.relay.context import Context


@dataclass(frozen=True)
class Pricing:
    """The parts that the rest of the program speaks to."""

    check: PriceLimits  # before a reply leaves
    setting: Setting


def open_pricing(on: Context) -> Pricing:
    """All of it, on the one ground."""
    setting = Setting(database=on.database, clock=on.clock, ids=on.ids, trail=on.effects.trail)
    return Pricing(PriceLimits(), setting)
