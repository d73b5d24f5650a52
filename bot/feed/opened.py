"""Builds what changes posts that are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.engine.outbox import Effects
from bot.feed.change import REPOST, VERBS
from bot.feed.commenting import NAME as COMMENT
from bot.feed.commenting import Comment, Commenting
from bot.feed.comments import CommentsOnFanvue
from bot.feed.deeds import ChangePost, Repost
from bot.feed.feature import NAMES, Changing
from bot.feed.listing import Listing
from bot.feed.stock import Stock, There
from bot.feed.there import FeedOnFanvue
from bot.model.ports import Clock
from bot.proposals.carrying import Ground
from bot.proposals.features import Feature, kind_of
from storage.database import Database


@dataclass(frozen=True)
class Feed:
    """The parts that the rest of the program speaks to."""

    features: Sequence[Feature]
    listing: Listing
    there: FeedOnFanvue
    comments: CommentsOnFanvue

    def deeds(self, ground: Ground) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the feed's own."""
        return {
            kind_of(name): Repost(ground, self.there) if verb == REPOST else ChangePost(ground, self.there)
            for verb, name in NAMES.items()
        } | {kind_of(COMMENT): Comment(ground, self.comments)}


def open_feed(
    database: Database,
    effects: Effects,
    clock: Clock,
    *,
    there: FeedOnFanvue,
    comments: CommentsOnFanvue,
    made_of: There,
) -> Feed:
    """`there`: the posts on Fanvue; `comments`: what stands below them; `made_of`: what a post can be."""
    stock = Stock(made_of)
    features: list[Feature] = [
        Changing(verb, database=database, effects=effects, there=there, stock=stock, clock=clock)
        for verb in VERBS
    ]
    features.append(Commenting(database=database, there=there, clock=clock))
    listing = Listing(database=database, there=there, comments=comments, clock=clock)
    return Feed(features, listing, there, comments)
