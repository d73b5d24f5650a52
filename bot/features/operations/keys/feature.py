"""Builds what takes up a new key from the file of keys, without a restart."""

from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.keys.tasks import key_tasks


def build(ctx: FeatureContext) -> Feature:
    """Each process has its own keyring, and needs a new key whatever else it waits for."""
    return Feature(
        name="keys",
        tasks=[
            PlacedTask(task, TaskPlacement.EACH, paused=True, stands_by=True)
            for task in key_tasks(ctx.settings, ctx.keyring, ctx.database)
        ],
    )
