"""What features' deeds speak to Discord through, as crash points see it."""

from dataclasses import dataclass

from bot.app.context import AppContext
from bot.guild.calling_out import CallingOut
from bot.guild.direct import Direct
from bot.guild.private import PrivateMessages
from bot.guild.removing import TakingThreads


@dataclass(frozen=True)
class DiscordPorts:
    """What writes on Discord. A feature's own port is made by its group, from `direct`."""

    discord: TakingThreads
    direct: Direct
    private: PrivateMessages
    calling: CallingOut


def discord_side(core: AppContext, discord: TakingThreads, direct: Direct) -> DiscordPorts:
    """What deeds of several features need."""
    return DiscordPorts(
        discord=discord,
        direct=direct,
        private=PrivateMessages(direct, discord),
        calling=core.points.around("pings", CallingOut(direct)),
    )
