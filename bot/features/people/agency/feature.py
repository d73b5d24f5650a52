"""Builds what lets members work through their own Fanvue accounts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.features.people.agency.account_choice import ManagerAccountChooser
from bot.features.people.agency.managed_creators import ManagedCreatorReader
from bot.features.people.agency.service import AgencyService
from bot.features.people.agency.steward_service import StewardService
from bot.relay.context import Context
from storage.records import CreatorId, LinkId


@dataclass(frozen=True)
class AgencyFeature:
    """The parts that the rest of the program speaks to."""

    reaching: ManagedCreatorReader
    choosing: ManagerAccountChooser
    desk: AgencyService


def make_agency(
    on: Context, fanvue: FanvueClient, *, stand_down: Callable[[LinkId, CreatorId], Awaitable[None]]
) -> AgencyFeature:
    """Everything about accounts that manage creators. `stand_down` ends a steward's link."""
    database = on.database
    reaching = ManagedCreatorReader(
        on,
        managed=lambda link: fanvue.acting(link, lane=RequestLane.REFRESH).creators(),
        stand_down=stand_down,
    )
    fanvue.on_doubt = reaching.doubt
    standing_in = StewardService(on)
    return AgencyFeature(
        reaching=reaching,
        choosing=ManagerAccountChooser(on, reaching=reaching),
        desk=AgencyService(database=database, standing_in=standing_in),
    )
