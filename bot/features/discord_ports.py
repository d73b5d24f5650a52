"""The ports through which features' effects speak to Discord."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.discord.bridge import DiscordBridge
from bot.discord.direct_requests import DirectRequests
from bot.discord.mention_posts import MentionPoster
from bot.discord.private_messages import PrivateMessages
from bot.discord.thread_removal import DiscordThreadRemover
from bot.relay.redaction import Restricted


@dataclass(frozen=True)
class DiscordPorts:
    """The ports that write on Discord, there once the bot is made. A feature makes its own from `direct`."""

    discord: DiscordThreadRemover
    direct: DirectRequests
    private: PrivateMessages
    calling: MentionPoster
    restricted: Restricted  # whether a channel is for adults only
    bot: DiscordBridge
    connected: Callable[[], bool]  # whether Discord can be asked
