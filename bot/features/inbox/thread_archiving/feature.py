"""Builds what keeps room on servers."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.features.inbox.thread_archiving.awake_threads import AwakeThreads
from bot.features.inbox.thread_archiving.effects import ThreadArchiveHandler, ThreadArchivePort
from bot.features.inbox.thread_archiving.room import ThreadRoom
from bot.features.inbox.thread_archiving.scheduling import ThreadArchiveScheduler
from bot.relay.context import Context
from storage.inbox.idle_threads import REST


@dataclass(frozen=True)
class ThreadArchivingFeature:
    """The parts that the rest of the program speaks to."""

    room: ThreadRoom
    keeping: ThreadArchiveScheduler
    on: Context

    def deeds(self, discord: ThreadArchivePort) -> Mapping[str, EffectHandler]:
        """The kind of effect that is of threads at rest."""
        return {REST: ThreadArchiveHandler(database=self.on.database, discord=discord, clock=self.on.clock)}

    def duty(self) -> BackgroundTask:
        """What must run for threads to be archived before a server is full."""
        return self.keeping.duty()


def open_resting(on: Context, most: int) -> ThreadArchivingFeature:
    """`most`: how many threads of one server may be awake."""
    awake = AwakeThreads()
    keeping = ThreadArchiveScheduler(
        database=on.database,
        effects=on.effects,
        awake=awake,
        clock=on.clock,
        ids=on.ids,
        most=most,
        divisor=on.divisor,
    )
    room = ThreadRoom(database=on.database, awake=awake, keeping=keeping, divisor=on.divisor)
    return ThreadArchivingFeature(room, keeping, on)
