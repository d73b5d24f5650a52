"""Builds what says whose a sale is."""

from dataclasses import dataclass

from bot.features.money.credit.reassignment_service import SaleReassignmentService
from bot.features.money.credit.sales_reader import HOUR, CreditSalesReader
from bot.features.money.credit.sales_service import CreditSalesService
from bot.features.money.credit.statement_service import StatementService
from bot.features.money.credit.tasks import CreditCollector
from bot.features.money.periods.ports import LedgerPort
from bot.relay.context import Context


@dataclass(frozen=True)
class CreditFeature:
    """The parts that the rest of the program speaks to."""

    statements: StatementService
    sales: CreditSalesService
    moving: SaleReassignmentService
    gathering: CreditCollector


def open_credit(on: Context, ledger: LedgerPort, *, posted: str, hours: int) -> CreditFeature:
    """`posted`: the kind of effects that publish a post; `hours`: for how long an answer counts."""
    names = on.effects.trail.pseudonyms
    gathering = CreditCollector(database=on.database, names=names, clock=on.clock, posted=posted)
    reading = CreditSalesReader(
        database=on.database, ledger=ledger, gathering=gathering, clock=on.clock, window=hours * HOUR
    )
    sales = CreditSalesService(database=on.database, reading=reading, names=names, sealer=on.sealer)
    return CreditFeature(
        statements=StatementService(database=on.database, reading=reading, trail=on.effects.trail),
        sales=sales,
        moving=SaleReassignmentService(on=on, reading=reading, sales=sales),
        gathering=gathering,
    )
