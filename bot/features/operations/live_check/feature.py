"""Builds the watch over Fanvue's answers."""

from bot.engine.supervision import BackgroundTask, periodic
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.fanvue.proven import read_proven
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.live_check.drift import DriftWatch
from storage.errors import DatabaseUnreachable

_SECONDS = 5.0
_LIMIT = 60.0


def build(ctx: FeatureContext) -> Feature:
    """It hears of each read's answer, in the process that made it. What a check proved is used."""
    watch = DriftWatch(ctx.database, ctx.clock, ctx.settings.fanvue_api_version)
    ctx.fanvue.on_read = watch.heard
    proven = read_proven(ctx.settings.state_folder())
    if proven is not None:
        ctx.fanvue.addresses.list_fields = proven.fields_for(ctx.settings.fanvue_api_version)
    look = periodic(_SECONDS / ctx.divisor, watch.look, passing=(DatabaseUnreachable,))
    task = PlacedTask(BackgroundTask("drift", look, _LIMIT), TaskPlacement.EACH)
    return Feature(name="live_check", tasks=(task,))
