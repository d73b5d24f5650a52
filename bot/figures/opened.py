"""Builds the figures, and says what of them runs in the background."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.fanvue.client import Fanvue
from bot.figures.digests import Digests
from bot.figures.ledger import Ledger
from bot.figures.reading import Reading
from bot.figures.telling import deeds
from bot.relay.deeds import Deed
from bot.relay.effects import Effects
from bot.relay.ports import Clock, DiscordPort
from bot.relay.retry import Waits
from bot.relay.voices import Identity
from bot.supervision import Duty, periodic
from storage.database import Database
from storage.errors import DatabaseUnreachable

_SECONDS = 30.0
_LIMIT = 60.0


@dataclass(frozen=True)
class Figures:
    """The parts that the rest of the program speaks to."""

    reading: Reading
    digests: Digests
    ledger: Ledger
    database: Database
    clock: Clock
    waits: Waits

    def deeds(self, discord: DiscordPort) -> Mapping[str, Deed]:
        """The kinds of effects that are the digest's own."""
        return deeds(
            database=self.database, ledger=self.ledger, discord=discord, clock=self.clock, waits=self.waits
        )

    def duty(self, *, divisor: float) -> Duty:
        """What must run for digests to come; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.digests.look, passing=(DatabaseUnreachable,))
        return Duty("digests", run, _LIMIT)


def open_figures(
    *,
    database: Database,
    effects: Effects,
    fanvue: Fanvue,
    identity: Identity,
    ledger: Ledger,
    clock: Clock,
    waits: Waits,
) -> Figures:
    """Figures out of this Fanvue and the ledger; `identity` says whose account speaks for a creator."""
    reading = Reading(fanvue, identity, asyncio.sleep)
    return Figures(
        reading=reading,
        digests=Digests(database=database, effects=effects, clock=clock),
        ledger=ledger,
        database=database,
        clock=clock,
        waits=waits,
    )
