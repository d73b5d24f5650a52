"""Builds what makes another forum when a creator's is full."""

from collections.abc import Mapping

from bot.discord.more_forums import DiscordForums
from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.inbox.forum_overflow.effects import ForumOverflowHandler
from bot.features.inbox.forum_overflow.scheduling import ForumOverflowScheduler
from storage.inbox.overflow import MORE


def build(ctx: FeatureContext) -> Feature:
    """Nobody calls it: it looks how many fans a forum has."""
    wanting = ForumOverflowScheduler(ctx, most=ctx.settings.forum_fans)

    def handlers(on: DiscordPorts) -> Mapping[str, EffectHandler]:
        port = ctx.points.around("forums", DiscordForums(on.direct, on.discord.me))
        made = ForumOverflowHandler(ctx, discord=port)
        return {MORE: made}

    return Feature(name="forum overflow", effects=handlers, tasks=(wanting.task(divisor=ctx.divisor),))
