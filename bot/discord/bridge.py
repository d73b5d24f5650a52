"""An interaction as commands and buttons get it: bot and services."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import discord
from discord.ext import commands

from bot.discord.command_mentions import CommandMentions
from bot.discord.context import BotContext
from bot.discord.direct_requests import DirectRequests
from bot.discord.services import Services
from bot.discord.thread_removal import DiscordThreadRemover
from bot.engine.told_commands import ToldCommands

T = TypeVar("T")


class DiscordBridge(commands.Bot):
    """The bot as commands and buttons know it."""

    context: BotContext
    services: Services
    controls: "Controls"
    registration: "CommandTeller"
    direct: DirectRequests
    mentions: CommandMentions
    discord: DiscordThreadRemover


class CommandTeller(Protocol):
    """What tells Discord the commands."""

    to_team: bool
    old_names: bool

    async def tell(self, known: str | None) -> ToldCommands | None:
        """Tell it, unless it knows this fingerprint. Raises one of the four failures of a delivery."""


Asked = discord.Interaction[DiscordBridge]
PLACE = "place"  # among the extras: the thread that is meant, where it is not the one asked in

# By the action in a custom_id. A handler gets the reference beside it; and of a list what was chosen, of a
# window what its fields hold.
ButtonHandlers = Mapping[str, Callable[[Asked, str], Awaitable[None]]]
ListHandlers = Mapping[str, Callable[[Asked, str, Sequence[str]], Awaitable[None]]]
WindowHandlers = Mapping[str, Callable[[Asked, str, Mapping[str, str]], Awaitable[None]]]


@dataclass(frozen=True, kw_only=True)
class Controls:
    """The handlers of everything that can be pressed, chosen or sent, of all cogs together."""

    buttons: ButtonHandlers
    lists: ListHandlers
    windows: WindowHandlers


def place_of(asked: Asked) -> int | None:
    """The channel that is meant: a kept reply's thread, else the one asked in."""
    return asked.extras.get(PLACE, asked.channel_id)


def elsewhere(asked: Asked) -> bool:
    """Whether it is asked in another channel than is meant."""
    return place_of(asked) != asked.channel_id


def service(asked: Asked, kind: type[T]) -> T:
    """The one service of this class, for a command to call."""
    return asked.client.services.get(kind)
