"""Builds what posts are made of."""

from collections.abc import Mapping

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.publishing.posts.collection_suggestions import CollectionSuggestions
from bot.features.publishing.posts.effects import PostPublicationHandler
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.features.publishing.posts.proposal import NAME, PostProposal
from bot.features.publishing.proposals.effects import ProposalContext
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.proposals.model import PROPOSAL_KINDS, kind_of
from bot.relay.context import Context


class PostsFeature:
    """A post's proposal, and how it is carried out."""

    def __init__(self, ctx: Context, *, fanvue: FanvuePosts) -> None:
        self.feature = PostProposal(ctx, fanvue=fanvue)
        self.fanvue = fanvue
        self.shelves = CollectionSuggestions(fanvue, ctx.clock)

    def handlers(self, ground: ProposalContext) -> Mapping[str, EffectHandler]:
        """The kind of effect that is the posts' own."""
        return {kind_of(NAME): PostPublicationHandler(ground, self.fanvue)}


def build(ctx: FeatureContext) -> Feature:
    """Posts of owners for everybody."""
    there = ctx.points.around("posts", FanvuePosts(ctx.fanvue, ctx.identity))
    posts = PostsFeature(ctx, fanvue=there)
    return Feature(
        name="posts",
        parts=(posts,),
        services=(posts.shelves,),
        effects=lambda _on: posts.handlers(ctx.get(ProposalsFeature).ground),
        brings=(PROPOSAL_KINDS.of(posts.feature),),
    )
