"""Builds what posts are made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.model.ports import Clock
from bot.posts.feature import NAME, Post
from bot.posts.offering import Shelves
from bot.posts.publishing import Publish
from bot.posts.reaching import PostsOnFanvue
from bot.proposals.carrying import Ground
from bot.proposals.features import kind_of
from storage.database import Database


@dataclass(frozen=True)
class Posts:
    """What can be proposed, and how it is carried out."""

    feature: Post
    fanvue: PostsOnFanvue
    shelves: Shelves

    def deeds(self, ground: Ground) -> Mapping[str, EffectHandler]:
        """The kind of effect that is the posts' own."""
        return {kind_of(NAME): Publish(ground, self.fanvue)}


def open_posts(*, database: Database, fanvue: PostsOnFanvue, clock: Clock) -> Posts:
    """Posts on this Fanvue."""
    return Posts(Post(database=database, fanvue=fanvue, clock=clock), fanvue, Shelves(fanvue, clock))
