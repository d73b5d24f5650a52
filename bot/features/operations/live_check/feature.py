"""Builds the watch over Fanvue's answers."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.live_check.drift import DriftWatch


def build(ctx: FeatureContext) -> Feature:
    """It hears of each read's answer, in the process that made it."""
    watch = DriftWatch(ctx.metrics.drifted)
    ctx.fanvue.on_read = watch.heard
    return Feature(name="live_check")
