"""Builds what changes posts that are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.feed.change import REPOST, VERBS
from bot.feed.deeds import ChangePost, Repost
from bot.feed.feature import NAMES, Changing
from bot.feed.listing import Listing
from bot.feed.there import FeedOnFanvue
from bot.proposals.carrying import Ground
from bot.proposals.features import Feature, kind_of
from bot.relay.deeds import Deed
from bot.relay.effects import Effects
from bot.relay.ports import Clock
from storage.database import Database


@dataclass(frozen=True)
class Feed:
    """The parts that the rest of the program speaks to."""

    features: Sequence[Feature]
    listing: Listing
    there: FeedOnFanvue

    def deeds(self, ground: Ground) -> Mapping[str, Deed]:
        """The kinds of effects that are the feed's own."""
        return {
            kind_of(name): Repost(ground, self.there) if verb == REPOST else ChangePost(ground, self.there)
            for verb, name in NAMES.items()
        }


def open_feed(database: Database, effects: Effects, clock: Clock, there: FeedOnFanvue) -> Feed:
    """`there`: the posts on Fanvue."""
    features = [
        Changing(verb, database=database, effects=effects, there=there, clock=clock) for verb in VERBS
    ]
    return Feed(features, Listing(database=database, there=there, clock=clock), there)
