"""Builds what keeps room on servers."""

from collections.abc import Mapping

from bot.engine.effect_handler import EffectHandler
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.thread_archiving.awake_threads import AwakeThreads
from bot.features.inbox.thread_archiving.effects import ThreadArchiveHandler, ThreadArchivePort
from bot.features.inbox.thread_archiving.room import ThreadRoom
from bot.features.inbox.thread_archiving.scheduling import ThreadArchiveScheduler
from bot.relay.context import Context
from storage.inbox.idle_threads import REST


class ThreadArchivingFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, most: int) -> None:
        """`most`: how many threads of one server may be awake."""
        awake = AwakeThreads()
        self.keeping = ThreadArchiveScheduler(on, awake=awake, most=most)
        self.room = ThreadRoom(on, awake=awake, keeping=self.keeping)
        self.on = on

    def handlers(self, discord: ThreadArchivePort) -> Mapping[str, EffectHandler]:
        """The kind of effect that is of threads at rest."""
        return {REST: ThreadArchiveHandler(self.on, discord=discord)}


def build(ctx: FeatureContext) -> Feature:
    """The process with the session with Discord hears which threads are awake."""
    archiving = ThreadArchivingFeature(ctx, ctx.settings.active_threads)
    return Feature(
        name="thread archiving",
        parts=(archiving,),
        effects=lambda on: archiving.handlers(on.discord),
        tasks=(PlacedTask(archiving.keeping.task(), TaskPlacement.GATEWAY),),
    )
