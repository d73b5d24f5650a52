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
    waiting = PendingProposalService(on)
    holding = PauseBacklog(on, waiting=waiting)
    leads = PauseButtonTargets(on)
    today = TodayMessagesService(on, leads=leads)
    return PausesFeature(
        pausing=PauseService(on, holding=holding, today=today),
        lifting=PauseLiftService(on, holding=holding, leads=leads),
        today=today,
    )


def build(ctx: FeatureContext) -> Feature:
    return Feature(name="pausing", services=make_pausing(ctx))
