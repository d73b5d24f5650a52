"""Builds the ledger, and says what of it runs in the background."""

import asyncio
from dataclasses import dataclass

from bot.earnings.books import Books
from bot.earnings.checking import Checking
from bot.earnings.desk import LedgerDesk
from bot.earnings.reading import Reader
from bot.earnings.there import EarningsOnFanvue
from bot.engine.outbox import Effects
from bot.engine.supervision import BackgroundTask
from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.model.acting_account import Identity
from bot.model.ports import Clock
from storage.database import Database


@dataclass(frozen=True)
class Earnings:
    """The parts that the rest of the program speaks to."""

    books: Books
    desk: LedgerDesk
    reader: Reader
    checking: Checking

    def duties(self, *, divisor: float) -> list[BackgroundTask]:
        """What must run for the ledger to be kept; how long a list takes is up to Fanvue's limits."""
        return [BackgroundTask("ledger", self.reader.run, None), self.checking.duty(divisor=divisor)]


def open_earnings(
    *,
    database: Database,
    effects: Effects,
    fanvue: FanvueClient,
    identity: Identity,
    clock: Clock,
    divisor: float = 1.0,
) -> Earnings:
    """A ledger of what this Fanvue lists; `identity` says whose account speaks for a creator."""
    there = EarningsOnFanvue(fanvue, identity, asyncio.sleep, RequestLane.REPORTS)
    unasked = EarningsOnFanvue(fanvue, identity, asyncio.sleep, RequestLane.LEDGER)
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
