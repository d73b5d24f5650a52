"""What every command and button finds on its interaction: bot and use cases."""

import discord
from discord.ext import commands

from bot.discord.context import Uses
from bot.discord.direct_requests import DirectRequests
from bot.discord.thread_removal import DiscordThreadRemover


class DiscordBridge(commands.Bot):
    """The bot as commands and buttons know it."""

    uses: Uses
    direct: DirectRequests
    discord: DiscordThreadRemover


Asked = discord.Interaction[DiscordBridge]
