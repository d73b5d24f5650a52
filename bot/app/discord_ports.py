"""What features' deeds speak to Discord through, as crash points see it."""

from dataclasses import dataclass

from bot.app.context import AppContext
from bot.discord.direct_requests import DirectRequests
from bot.discord.mention_posts import MentionPoster
from bot.discord.private_messages import PrivateMessages
from bot.discord.thread_removal import DiscordThreadRemover


@dataclass(frozen=True)
class DiscordPorts:
    """What writes on Discord. A feature's own port is made by its group, from `direct`."""

    discord: DiscordThreadRemover
    direct: DirectRequests
    private: PrivateMessages
    calling: MentionPoster


def discord_side(core: AppContext, discord: DiscordThreadRemover, direct: DirectRequests) -> DiscordPorts:
    """What deeds of several features need."""
    return DiscordPorts(
        discord=discord,
        direct=direct,
        private=PrivateMessages(direct, discord),
        calling=core.points.around("pings", MentionPoster(direct)),
    )
