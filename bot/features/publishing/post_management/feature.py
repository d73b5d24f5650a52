"""Builds what changes posts that are there."""

from collections.abc import Mapping

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.publishing.post_management.change_rules import REPOST, VERBS
from bot.features.publishing.post_management.comment_fanvue import FanvueComments
from bot.features.publishing.post_management.comment_proposal import NAME as COMMENT
from bot.features.publishing.post_management.comment_proposal import CommentHandler, CommentProposal
from bot.features.publishing.post_management.effects import PostChangeHandler, RepostHandler
from bot.features.publishing.post_management.fanvue import FanvuePostManagement
from bot.features.publishing.post_management.list_service import PostListService
from bot.features.publishing.post_management.proposal import NAMES, PostChangeProposal
from bot.features.publishing.post_management.stock import PostStock
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.features.publishing.posts.feature import PostsFeature
from bot.features.publishing.proposals.effects import ProposalContext
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.proposals.model import PROPOSAL_KINDS, ProposalKind, kind_of
from bot.relay.context import Context


class PostManagementFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self, ctx: Context, *, there: FanvuePostManagement, comments: FanvueComments, made_of: FanvuePosts
    ) -> None:
        """`there`: the posts on Fanvue; `comments`: what stands below them; `made_of`: what a post can be."""
        stock = PostStock(made_of)
        self.features: list[ProposalKind] = [
            PostChangeProposal(ctx, verb, there=there, stock=stock) for verb in VERBS
        ]
        self.features.append(CommentProposal(ctx, there=there))
        self.listing = PostListService(ctx, there=there, comments=comments)
        self.there = there
        self.comments = comments

    def handlers(self, ground: ProposalContext) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the feed's own."""
        return {
            kind_of(name): RepostHandler(ground, self.there)
            if verb == REPOST
            else PostChangeHandler(ground, self.there)
            for verb, name in NAMES.items()
        } | {kind_of(COMMENT): CommentHandler(ground, self.comments)}


def build(ctx: FeatureContext) -> Feature:
    """Owners' actions on posts that are there."""
    there = ctx.points.around("feed", FanvuePostManagement(ctx.fanvue, ctx.identity))
    comments = ctx.points.around("comments", FanvueComments(ctx.fanvue, ctx.identity))
    made_of = ctx.get(PostsFeature).fanvue
    posts = PostManagementFeature(ctx, there=there, comments=comments, made_of=made_of)
    return Feature(
        name="post management",
        services=(posts.listing,),
        effects=lambda _on: posts.handlers(ctx.get(ProposalsFeature).ground),
        brings=[PROPOSAL_KINDS.of(kind) for kind in posts.features],
    )
