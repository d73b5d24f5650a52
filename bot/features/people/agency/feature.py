"""Builds what lets members work through their own Fanvue accounts."""

from collections.abc import Awaitable, Callable

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.features.people.agency.account_choice import ManagerAccountChooser
from bot.features.people.agency.managed_creators import ManagedCreatorReader
from bot.features.people.agency.service import AgencyService
from bot.features.people.agency.steward_service import StewardService
from bot.relay.context import Context
from storage.records import CreatorId, LinkId


class AgencyFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self, on: Context, fanvue: FanvueClient, *, stand_down: Callable[[LinkId, CreatorId], Awaitable[None]]
    ) -> None:
        """Everything about accounts that manage creators. `stand_down` ends a steward's link."""
        database = on.database
        self.reaching = ManagedCreatorReader(
            on,
            managed=lambda link: fanvue.acting(link, lane=RequestLane.REFRESH).creators(),
            stand_down=stand_down,
        )
        fanvue.on_doubt = self.reaching.doubt
        standing_in = StewardService(on)
        self.choosing = ManagerAccountChooser(on, reaching=self.reaching)
        self.desk = AgencyService(database=database, standing_in=standing_in)
