"""Builds what leads read of their team."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.people.workload.service import WorkloadService


def build(ctx: FeatureContext) -> Feature:
    """Figures of who answered how much."""
    return Feature(name="workload", services=(WorkloadService(ctx),))
