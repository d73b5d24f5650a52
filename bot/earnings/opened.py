"""Builds the ledger, and says what of it runs in the background."""

import asyncio
from dataclasses import dataclass

from bot.earnings.books import Books
from bot.earnings.checking import Checking
from bot.earnings.desk import LedgerDesk
from bot.earnings.reading import Reader
from bot.earnings.there import EarningsOnFanvue
from bot.fanvue.budget import Lane
from bot.fanvue.client import Fanvue
from bot.relay.effects import Effects
from bot.relay.ports import Clock
from bot.relay.voices import Identity
from bot.supervision import Duty
from storage.database import Database


@dataclass(frozen=True)
class Earnings:
    """The parts that the rest of the program speaks to."""

    books: Books
    desk: LedgerDesk
    reader: Reader
    checking: Checking

    def duties(self, *, divisor: float) -> list[Duty]:
        """What must run for the ledger to be kept; how long a list takes is up to Fanvue's limits."""
        return [Duty("ledger", self.reader.run, None), self.checking.duty(divisor=divisor)]


def open_earnings(
    *,
    database: Database,
    effects: Effects,
    fanvue: Fanvue,
    identity: Identity,
    clock: Clock,
    divisor: float = 1.0,
) -> Earnings:
    """A ledger of what this Fanvue lists; `identity` says whose account speaks for a creator."""
    there = EarningsOnFanvue(fanvue, identity, asyncio.sleep, Lane.REPORTS)
    unasked = EarningsOnFanvue(fanvue, identity, asyncio.sleep, Lane.LEDGER)
    names = effects.trail.pseudonyms
    reader = Reader(
        database=database, asked=there, unasked=unasked, names=names, clock=clock, divisor=divisor
    )
    checking = Checking(database=database, reader=reader, there=there, clock=clock)
    return Earnings(
        books=Books(database=database, reader=reader, clock=clock),
        desk=LedgerDesk(database=database, checking=checking, effects=effects),
        reader=reader,
        checking=checking,
    )
