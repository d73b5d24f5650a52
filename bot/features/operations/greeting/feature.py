"""Builds the greeting of new servers."""

from functools import partial

from bot.engine.supervision import BackgroundTask, periodic
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.greeting.service import GreetingService
from bot.features.signals import SERVER_JOINED
from storage.errors import DatabaseUnreachable

_SECONDS = 5.0
_LIMIT = 120.0  # without a heartbeat for so long it counts as hanging


def build(ctx: FeatureContext) -> Feature:
    """It hears of a server from Discord's events, in the process that has them."""
    greeting = GreetingService(ctx)
    pause, passing = _SECONDS / ctx.divisor, (DatabaseUnreachable,)
    return Feature(
        name="greeting",
        listeners=(SERVER_JOINED.to(greeting.joined),),
        tasks=lambda on: (
            PlacedTask(
                BackgroundTask(
                    "greeting", periodic(pause, partial(greeting.greet, on.discord), passing=passing), _LIMIT
                ),
                TaskPlacement.GATEWAY,
            ),
        ),
    )
