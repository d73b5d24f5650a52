"""What every command and button finds on its interaction: bot and use cases."""

import discord
from discord.ext import commands

from bot.guild.direct import Direct
from bot.guild.removing import TakingThreads
from bot.guild.uses import Uses


class Bridge(commands.Bot):
    """The bot as commands and buttons know it."""

    uses: Uses
    direct: Direct
    discord: TakingThreads


Asked = discord.Interaction[Bridge]
