"""Builds the ledger, and says what of it runs in the background."""

import asyncio

from bot.engine.supervision import BackgroundTask
from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.money.ledger.check_service import LedgerCheckService
from bot.features.money.ledger.checker import LedgerChecker
from bot.features.money.ledger.fanvue import FanvueEarnings
from bot.features.money.ledger.reader import LedgerReader
from bot.features.money.ledger.service import LedgerService
from bot.model.acting_account import Identity
from bot.relay.context import Context


class LedgerFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, ctx: Context, *, fanvue: FanvueClient, identity: Identity) -> None:
        """A ledger of what this Fanvue lists; `identity` says whose account speaks for a creator."""
        there = FanvueEarnings(fanvue, identity, asyncio.sleep, RequestLane.REPORTS)
        unasked = FanvueEarnings(fanvue, identity, asyncio.sleep, RequestLane.LEDGER)
        names = ctx.effects.trail.pseudonyms
        self.reader = LedgerReader(
            database=ctx.database,
            asked=there,
            unasked=unasked,
            names=names,
            clock=ctx.clock,
            divisor=ctx.divisor,
        )
        self.checking = LedgerChecker(ctx, reader=self.reader, there=there)
        self.books = LedgerService(database=ctx.database, reader=self.reader, clock=ctx.clock)
        self.desk = LedgerCheckService(ctx, checking=self.checking)


def build(ctx: FeatureContext) -> Feature:
    """How long a list takes is up to Fanvue's limits, and nothing watches it."""
    ledger = LedgerFeature(ctx, fanvue=ctx.fanvue, identity=ctx.identity)
    return Feature(
        name="ledger",
        parts=(ledger,),
        services=(ledger.desk,),
        tasks=(
            BackgroundTask("ledger", ledger.reader.run, None),
            ledger.checking.task(divisor=ctx.divisor),
        ),
    )
