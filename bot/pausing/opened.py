"""Builds what pauses are made of."""

from typing import NamedTuple

from bot.features.publishing.proposals.pending_service import PendingProposalService
from bot.pausing.holding import Holding
from bot.pausing.leads import Leads
from bot.pausing.lifting import Lifting
from bot.pausing.pausing import Pausing
from bot.pausing.today import Today
from bot.relay.context import Context


class Pauses(NamedTuple):
    """The parts that the rest of the program speaks to."""

    pausing: Pausing
    lifting: Lifting
    today: Today


def pauses_of(on: Context) -> Pauses:
    """Pauses on this database."""
    database, effects, clock, ids = on.database, on.effects, on.clock, on.ids
    waiting = PendingProposalService(effects=effects, commands=on.commands, dispatch=on.dispatch, clock=clock)
    holding = Holding(effects=effects, waiting=waiting, clock=clock, waits=on.waits)
    leads = Leads(clock=clock, ids=ids)
    today = Today(database=database, effects=effects, leads=leads, clock=clock)
    return Pauses(
        pausing=Pausing(
            database=database, effects=effects, holding=holding, today=today, clock=clock, ids=ids
        ),
        lifting=Lifting(database=database, effects=effects, holding=holding, leads=leads, clock=clock),
        today=today,
    )
