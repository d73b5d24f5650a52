"""Builds what looks at scheduled replies at their time, and lists them."""

from collections.abc import Mapping

from bot.discord.channel_presence import ChannelPresence
from bot.discord.membership import GuildMembership
from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.scheduled.effects import ScheduledReplyHandler
from bot.features.inbox.scheduled.home_part import scheduled_part
from bot.features.inbox.scheduled.service import ScheduledReplyService
from bot.relay.scheduled_replies import KIND
from bot.relay.unheard_messages import UnheardMessages


def build(ctx: FeatureContext) -> Feature:
    """They wait with the checks' kept replies."""
    checks = ctx.get(ChecksFeature)
    listing = ScheduledReplyService(ctx, kept=checks.kept)

    def handlers(on: DiscordPorts) -> Mapping[str, EffectHandler]:
        handler = ScheduledReplyHandler(
            ctx,
            checks=checks.checks,
            kept=checks.kept,
            replies=checks.replies,
            unheard=ctx.get(UnheardMessages),  # built after this feature
            members=GuildMembership(on.direct),
            channels=ChannelPresence(on.direct),
        )
        return {KIND: handler}

    return Feature(name="scheduled", services=(listing,), effects=handlers, brings=(scheduled_part(listing),))
