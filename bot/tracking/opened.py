"""Builds what lists, makes and deletes tracking links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.model.ports import Clock
from bot.proposals.carrying import Ground
from bot.proposals.features import Feature, kind_of
from bot.tracking.deeds import CreateLink, DeleteLink
from bot.tracking.features import CREATE, DELETE, Creating, Deleting
from bot.tracking.listing import Listing
from bot.tracking.there import LinksOnFanvue
from storage.database import Database


@dataclass(frozen=True)
class Tracking:
    """The parts that the rest of the program speaks to."""

    features: Sequence[Feature]
    listing: Listing
    there: LinksOnFanvue

    def deeds(self, ground: Ground) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of tracking links."""
        return {
            kind_of(CREATE): CreateLink(ground, self.there),
            kind_of(DELETE): DeleteLink(ground, self.there),
        }


def open_tracking(database: Database, clock: Clock, there: LinksOnFanvue) -> Tracking:
    """`there`: the links on Fanvue."""
    listing = Listing(database=database, there=there, clock=clock)
    return Tracking([Creating(there), Deleting(there)], listing, there)
