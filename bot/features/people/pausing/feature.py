"""Builds what pauses are made of."""

from typing import NamedTuple

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.people.pausing.backlog import PauseBacklog
from bot.features.people.pausing.button_targets import PauseButtonTargets
from bot.features.people.pausing.lift_service import PauseLiftService
from bot.features.people.pausing.service import PauseService
from bot.features.people.pausing.today_service import TodayMessagesService
from bot.features.publishing.proposals.pending_service import PendingProposalService
from bot.relay.context import Context


class PausesFeature(NamedTuple):
    """The parts that the rest of the program speaks to."""

    pausing: PauseService
    lifting: PauseLiftService
    today: TodayMessagesService


def make_pausing(on: Context) -> PausesFeature:
    database, effects, clock, ids = on.database, on.effects, on.clock, on.ids
    waiting = PendingProposalService(effects=effects, commands=on.commands, dispatch=on.dispatch, clock=clock)
    holding = PauseBacklog(effects=effects, waiting=waiting, clock=clock, waits=on.waits)
    leads = PauseButtonTargets(clock=clock, ids=ids)
    today = TodayMessagesService(database=database, effects=effects, leads=leads, clock=clock)
    return PausesFeature(
        pausing=PauseService(
            database=database, effects=effects, holding=holding, today=today, clock=clock, ids=ids
        ),
        lifting=PauseLiftService(
            database=database, effects=effects, holding=holding, leads=leads, clock=clock
        ),
        today=today,
    )


def build(ctx: FeatureContext) -> Feature:
    return Feature(name="pausing", services=make_pausing(ctx))
