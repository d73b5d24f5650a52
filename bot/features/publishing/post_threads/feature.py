"""Builds what follows published posts."""

from collections.abc import Mapping

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.publishing.post_threads import setting_rows
from bot.features.publishing.post_threads.fanvue import FanvueFollowedPosts
from bot.features.publishing.post_threads.follow_service import PostFollowService
from bot.features.publishing.post_threads.read_effects import (
    LIST,
    READ,
    NewPostsHandler,
    PostCommentsHandler,
)
from bot.features.publishing.post_threads.scheduling import LINE, OPEN, SHOW, STRIKE
from bot.features.publishing.post_threads.service import PostThreadService
from bot.features.publishing.post_threads.thread_effects import (
    CommentLineHandler,
    DeletedCommentHandler,
    PostCardHandler,
    PostThreadOpeningHandler,
)
from bot.features.publishing.post_threads.thread_effects import PostThreadContext as Shows
from bot.model.ports import DiscordPort
from bot.relay.context import Context
from bot.relay.redaction import Restricted


class PostThreadsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, there: FanvueFollowedPosts) -> None:
        """`there`: posts and comments on Fanvue."""
        self.following = PostFollowService(on)
        self.desk = PostThreadService(on, there=there)
        self.there = there
        self.on = on

    def handlers(self, discord: DiscordPort, restricted: Restricted) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of followed posts."""
        shows = Shows(self.on, discord, restricted)
        return {
            LIST: NewPostsHandler(self.on, self.there),
            READ: PostCommentsHandler(self.on, self.there),
            OPEN: PostThreadOpeningHandler(shows),
            SHOW: PostCardHandler(shows),
            LINE: CommentLineHandler(shows),
            STRIKE: DeletedCommentHandler(shows),
        }


def build(ctx: FeatureContext) -> Feature:
    """Texts are shown where a channel is for adults only, or everywhere."""
    there = ctx.points.around("postcards", FanvueFollowedPosts(ctx.fanvue, ctx.identity))
    threads = PostThreadsFeature(ctx, there)
    return Feature(
        name="post threads",
        services=(threads.following, threads.desk),
        effects=lambda on: threads.handlers(on.discord, on.restricted),
        tasks=(threads.following.task(divisor=ctx.divisor),),
        brings=setting_rows.ROWS,
    )
