"""Builds the board of mass messages, and what can be done with one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.campaigns.changing import CarryChange, ChangeMass
from bot.campaigns.doers import Doers
from bot.campaigns.ending import CarryEnd, EndMass
from bot.campaigns.following import Following
from bot.campaigns.listing import Listing
from bot.campaigns.reading import Reading
from bot.campaigns.telling import LookAtCampaign
from bot.campaigns.there import CampaignsOnFanvue
from bot.engine.effect_handler import EffectHandler
from bot.engine.outbox import Effects
from bot.model.ports import Clock
from bot.proposals.carrying import Ground
from bot.proposals.features import Feature, kind_of
from storage.database import Database
from storage.publishing.campaigns import LOOK


@dataclass(frozen=True)
class Campaigns:
    """The parts that the rest of the program speaks to."""

    change: Feature
    end: Feature
    listing: Listing
    fanvue: CampaignsOnFanvue
    following: Following

    def deeds(self, ground: Ground) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the board's own."""
        look = LookAtCampaign(
            database=ground.database, effects=ground.effects, fanvue=self.fanvue, clock=ground.clock
        )
        return {
            LOOK: look,
            kind_of(self.change.name): CarryChange(ground, fanvue=self.fanvue),
            kind_of(self.end.name): CarryEnd(ground, fanvue=self.fanvue),
        }


def open_campaigns(
    *, database: Database, effects: Effects, fanvue: CampaignsOnFanvue, clock: Clock, mass_kind: str
) -> Campaigns:
    """Mass messages on this Fanvue, once they were made. `mass_kind`: of the effects that make them."""
    following = Following(database=database, effects=effects, clock=clock, kind=mass_kind)
    reading = Reading(database=database, doers=Doers(effects), clock=clock)
    return Campaigns(
        ChangeMass(reading, fanvue), EndMass(reading, fanvue), Listing(reading, fanvue), fanvue, following
    )
