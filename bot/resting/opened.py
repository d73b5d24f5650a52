"""Builds what keeps room on servers."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.relay.context import Context
from bot.resting.awake import Awake
from bot.resting.deed import Rest, RestPort
from bot.resting.keeping import Keeping
from bot.resting.room import Room
from storage.inbox.idle_threads import REST


@dataclass(frozen=True)
class Resting:
    """The parts that the rest of the program speaks to."""

    room: Room
    keeping: Keeping
    on: Context

    def deeds(self, discord: RestPort) -> Mapping[str, EffectHandler]:
        """The kind of effect that is of threads at rest."""
        return {REST: Rest(database=self.on.database, discord=discord, clock=self.on.clock)}

    def duty(self) -> BackgroundTask:
        """What must run for threads to be archived before a server is full."""
        return self.keeping.duty()


def open_resting(on: Context, most: int) -> Resting:
    """`most`: how many threads of one server may be awake."""
    awake = Awake()
    keeping = Keeping(
        database=on.database,
        effects=on.effects,
        awake=awake,
        clock=on.clock,
        ids=on.ids,
        most=most,
        divisor=on.divisor,
    )
    room = Room(database=on.database, awake=awake, keeping=keeping, divisor=on.divisor)
    return Resting(room, keeping, on)
