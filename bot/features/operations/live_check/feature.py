"""Builds the watch over Fanvue's answers."""

from bot.fanvue.proven import read_proven
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.live_check.drift import DriftWatch


def build(ctx: FeatureContext) -> Feature:
    """It hears of each read's answer, in the process that made it. What a check proved is used."""
    watch = DriftWatch(ctx.metrics.drifted)
    ctx.fanvue.on_read = watch.heard
    proven = read_proven(ctx.settings.state_folder())
    if proven is not None:
        ctx.fanvue.addresses.list_fields = proven.fields_for(ctx.settings.fanvue_api_version)
    return Feature(name="live_check")
