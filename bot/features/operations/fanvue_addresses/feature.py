"""Builds the memory of Fanvue's addresses."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.fanvue_addresses.store import AddressStore


def build(ctx: FeatureContext) -> Feature:
    """It begins with what the last process found out."""
    AddressStore(ctx.settings.state_folder(), ctx.fanvue.addresses, ctx.clock).begin()
    return Feature(name="fanvue_addresses")
