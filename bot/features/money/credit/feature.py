"""Builds what says whose a sale is."""

import asyncio

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.purchases.chat_observer import CHAT_LIST_OBSERVERS
from bot.features.money.credit.copies import FRESH, MassMessageCopies
from bot.features.money.credit.fanvue import FanvueMassMessageHistory
from bot.features.money.credit.reassignment_service import SaleReassignmentService
from bot.features.money.credit.reply_recorder import ReplyCreditRecorder
from bot.features.money.credit.sales_reader import HOUR, CreditSalesReader
from bot.features.money.credit.sales_service import CreditSalesService
from bot.features.money.credit.statement_service import StatementService
from bot.features.money.credit.tasks import CreditCollector
from bot.features.money.ledger.feature import LedgerFeature
from bot.features.money.periods.ports import LedgerPort
from bot.features.publishing.posts.proposal import NAME as POST
from bot.features.publishing.proposals.model import kind_of
from bot.features.signals import FAN_ANSWERED
from bot.relay.context import Context


class CreditFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, ledger: LedgerPort, *, posted: str, hours: int) -> None:
        """`posted`: the kind of effects that publish a post; `hours`: for how long an answer counts."""
        names = on.effects.trail.pseudonyms
        self.gathering = CreditCollector(database=on.database, names=names, clock=on.clock, posted=posted)
        reading = CreditSalesReader(on, ledger=ledger, gathering=self.gathering, window=hours * HOUR)
        self.sales = CreditSalesService(on, reading=reading)
        self.statements = StatementService(on, reading=reading)
        self.moving = SaleReassignmentService(on=on, reading=reading, sales=self.sales)


def build(ctx: FeatureContext) -> Feature:
    """The owner of a sale follows from who answered, and from which mass message a fan's copy is."""
    books, hours = ctx.get(LedgerFeature).books, ctx.settings.credit_hours
    credit = CreditFeature(ctx, books, posted=kind_of(POST), hours=hours)
    masses = ctx.points.around("masses", FanvueMassMessageHistory(ctx.fanvue, ctx.identity, asyncio.sleep))
    copies = MassMessageCopies(
        database=ctx.database, masses=masses, clock=ctx.clock, fresh=round(FRESH / ctx.divisor)
    )
    return Feature(
        name="credit",
        services=(credit.statements, credit.sales, credit.moving),
        tasks=(credit.gathering.task(divisor=ctx.divisor),),
        listeners=(FAN_ANSWERED.to(ReplyCreditRecorder(ctx.effects.trail.pseudonyms).heard),),
        brings=(CHAT_LIST_OBSERVERS.of(copies),),
    )
