"""Builds what says whose a sale is."""

from dataclasses import dataclass

from bot.credit.gathering import Gathering
from bot.credit.moving import Moving
from bot.credit.reading import HOUR, Reading
from bot.credit.sales import Sales
from bot.credit.statements import Statements
from bot.figures.ledger import Ledger
from bot.relay.context import Context


@dataclass(frozen=True)
class Credit:
    """The parts that the rest of the program speaks to."""

    statements: Statements
    sales: Sales
    moving: Moving
    gathering: Gathering


def open_credit(on: Context, ledger: Ledger, *, posted: str, hours: int) -> Credit:
    """`posted`: the kind of effects that publish a post; `hours`: for how long an answer counts."""
    names = on.effects.trail.pseudonyms
    gathering = Gathering(database=on.database, names=names, clock=on.clock, posted=posted)
    reading = Reading(
        database=on.database, ledger=ledger, gathering=gathering, clock=on.clock, window=hours * HOUR
    )
    sales = Sales(database=on.database, reading=reading, names=names, sealer=on.sealer)
    return Credit(
        statements=Statements(database=on.database, reading=reading, trail=on.effects.trail),
        sales=sales,
        moving=Moving(on=on, reading=reading, sales=sales),
        gathering=gathering,
    )
