"""Builds the digests, and says what of them runs in the background."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.digests.posting import Ports, posts
from bot.digests.previewing import Previewing
from bot.digests.reading import Reading, Waiting
from bot.digests.setting import Setting
from bot.digests.telling import READ, ReadPeriod
from bot.digests.wanting import Wanting
from bot.engine.effect_handler import EffectHandler
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.engine.supervision import BackgroundTask
from bot.figures.ledger import Ledger
from bot.figures.moves import Moving
from bot.model.ports import Clock
from storage.database import Database


@dataclass(frozen=True)
class Digests:
    """The parts that the rest of the program speaks to."""

    setting: Setting
    previewing: Previewing
    wanting: Wanting
    reading: Reading
    database: Database
    effects: Effects
    clock: Clock
    waits: RetryWaits

    def deeds(self, ports: Ports) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the digests' own."""
        return {
            READ: ReadPeriod(database=self.database, reading=self.reading, clock=self.clock),
            **posts(
                database=self.database,
                ports=ports,
                effects=self.effects,
                clock=self.clock,
                waits=self.waits,
            ),
        }

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for digests to come; `divisor` shortens the pauses."""
        return self.wanting.duty(divisor=divisor)


def open_digests(
    *,
    database: Database,
    effects: Effects,
    ledger: Ledger,
    moving: Moving,
    waiting: Waiting,
    clock: Clock,
    waits: RetryWaits,
) -> Digests:
    """Out of this ledger; `moving` counts subscriptions, `waiting` knows what waits for a person."""
    reading = Reading(database=database, ledger=ledger, moving=moving, waiting=waiting, clock=clock)
    return Digests(
        setting=Setting(database=database, effects=effects, clock=clock),
        previewing=Previewing(database=database, reading=reading, clock=clock),
        wanting=Wanting(database=database, effects=effects, clock=clock),
        reading=reading,
        database=database,
        effects=effects,
        clock=clock,
        waits=waits,
    )
