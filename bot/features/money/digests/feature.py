"""Builds the digests, and says what of them runs in the background."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.engine.supervision import BackgroundTask
from bot.features.money.digests.post_effects import DigestPorts, posts
from bot.features.money.digests.preview_service import DigestPreviewService
from bot.features.money.digests.read_effects import READ, DigestReadHandler
from bot.features.money.digests.reader import DigestReader, DigestWaitingSources
from bot.features.money.digests.scheduling import DigestScheduler
from bot.features.money.digests.service import DigestService
from bot.features.money.periods.ports import LedgerPort
from bot.features.money.periods.subscription_moves import Moving
from bot.model.ports import Clock
from storage.database import Database


@dataclass(frozen=True)
class DigestsFeature:
    """The parts that the rest of the program speaks to."""

    setting: DigestService
    previewing: DigestPreviewService
    wanting: DigestScheduler
    reading: DigestReader
    database: Database
    effects: Effects
    clock: Clock
    waits: RetryWaits

    def deeds(self, ports: DigestPorts) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the digests' own."""
        return {
            READ: DigestReadHandler(database=self.database, reading=self.reading, clock=self.clock),
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
    ledger: LedgerPort,
    moving: Moving,
    waiting: DigestWaitingSources,
    clock: Clock,
    waits: RetryWaits,
) -> DigestsFeature:
    """Out of this ledger; `moving` counts subscriptions, `waiting` knows what waits for a person."""
    reading = DigestReader(database=database, ledger=ledger, moving=moving, waiting=waiting, clock=clock)
    return DigestsFeature(
        setting=DigestService(database=database, effects=effects, clock=clock),
        previewing=DigestPreviewService(database=database, reading=reading, clock=clock),
        wanting=DigestScheduler(database=database, effects=effects, clock=clock),
        reading=reading,
        database=database,
        effects=effects,
        clock=clock,
        waits=waits,
    )
