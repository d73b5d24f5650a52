"""An interaction as commands and buttons get it: bot and services."""

from typing import TypeVar

import discord
from discord.ext import commands

from bot.discord.context import BotContext
from bot.discord.direct_requests import DirectRequests
from bot.discord.services import Services
from bot.discord.thread_removal import DiscordThreadRemover

T = TypeVar("T")


class DiscordBridge(commands.Bot):
    """The bot as commands and buttons know it."""

    context: BotContext
    services: Services
    direct: DirectRequests
    discord: DiscordThreadRemover


Asked = discord.Interaction[DiscordBridge]


def service(asked: Asked, kind: type[T]) -> T:
    """The one service of this class, for a command to call."""
    return asked.client.services.get(kind)
