"""Everything by which a member can start something, or no test at all.

A handler that does not ask makes this module fail, and with it the collection of every test here.
"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from discord import app_commands

from bot.access.policy import POLICY, Action
from bot.discord.bridge import DiscordBridge
from bot.discord.client import BridgeBot
from bot.discord.cog_loading import cog_names, controls_of, load_cogs, set_up
from tests.discord.desk import Desk
from tests.discord.discord_test_server import SupervisorReports, make_bot

# Listeners of the gateway. They take hints about channels and the bot's own messages, and act for nobody;
# what members type is handed on with who typed it, and `bot.features.inbox.message_replies` asks the door
# before anything follows.
HINTS = {
    "on_connect",
    "on_disconnect",
    "on_guild_available",
    "on_guild_channel_create",
    "on_guild_channel_update",
    "on_guild_join",
    "on_guild_remove",
    "on_guild_role_update",
    "on_interaction",  # hands a window that was sent to its handler in WINDOWS
    "on_member_update",
    "on_message",
    "on_raw_bulk_message_delete",
    "on_raw_message_delete",
    "on_raw_message_edit",
    "on_raw_thread_delete",
    "on_thread_create",
    "on_raw_thread_update",
    "on_ready",
    "on_resumed",
}


@dataclass(frozen=True)
class EntryPoint:
    """One way in."""

    surface: str  # command, menu, autocomplete, button, list or window
    name: str
    action: Action
    option: str = ""  # of an autocomplete
    confirms: bool = False  # it is the second press

    @property
    def place(self) -> tuple[str, str]:
        """Where it is."""
        return self.surface, self.name

    def __str__(self) -> str:
        return f"{self.surface} {self.name} {self.option}".strip()


def doors(given: Iterable[tuple[EntryPoint, Any]]) -> list[EntryPoint]:
    """All of them, with their actions. Raises with the names of those that do not ask."""
    found = list(given)
    silent = sorted(str(door) for door, handler in found if not hasattr(handler, "asks"))
    assert silent == [], f"these handlers do not ask (bot.discord.asking.asks): {silent}"
    made = [EntryPoint(*door.place, handler.asks, door.option, handler.confirms) for door, handler in found]
    wrong = sorted(str(door) for door in made if door.confirms and door.surface not in {"button", "window"})
    assert wrong == [], f"these handlers confirm, and are no second step: {wrong}"
    unasked = sorted({door.action for door in made if POLICY[door.action].twice} - _confirmed(made))
    assert unasked == [], f"these are asked about twice, and nothing confirms them: {unasked}"
    return made


def _confirmed(made: list[EntryPoint]) -> set[Action]:
    """What some door confirms; which of both a preview's button confirms is in the preview."""
    found = {door.action for door in made if door.confirms}
    others = {Action.POST, Action.POST_ASK, Action.POST_CHANGE, Action.TRACKING_CHANGE}
    return found | (others if Action.MASS in found else set())


def listeners() -> set[str]:
    """The names of all listeners, of the bot and of its cogs."""

    async def named() -> set[str]:
        bot = await _loaded()
        own = {name for name in dir(BridgeBot) if name.startswith("on_") and _ours(name)}
        return own | {name for cog in bot.cogs.values() for name, _ in cog.get_listeners()}

    return asyncio.run(named())


def _ours(name: str) -> bool:
    mine = [
        kind for kind in BridgeBot.__mro__ if kind.__module__.startswith("bot.") and kind is not DiscordBridge
    ]
    return any(name in vars(kind) for kind in mine)


async def _loaded() -> BridgeBot:
    bot = make_bot(Desk(), SupervisorReports())
    await set_up(bot, load_cogs(cog_names()))
    return bot


async def _found() -> list[tuple[EntryPoint, Any]]:
    bot = await _loaded()
    found = list(_commands(bot))
    all_of = controls_of(load_cogs(cog_names()))
    for surface, table in (("button", all_of.buttons), ("list", all_of.lists), ("window", all_of.windows)):
        found += [(_door(surface, name), handler) for name, handler in table.items()]
    return found


def _commands(bot: BridgeBot) -> Iterator[tuple[EntryPoint, Any]]:
    for menu in bot.tree.get_commands():
        if isinstance(menu, app_commands.ContextMenu):
            yield _door("menu", menu.name), menu.callback
    for command in bot.tree.walk_commands():
        if not isinstance(command, app_commands.Command):
            continue
        yield _door("command", command.qualified_name), command.callback
        for option, parameter in command._params.items():
            if callable(parameter.autocomplete):
                shown = str(parameter.display_name or option)
                yield _door("autocomplete", command.qualified_name, shown), parameter.autocomplete


def _door(surface: str, name: str, option: str = "") -> EntryPoint:
    return EntryPoint(surface, name, Action.LINK, option)  # the action is filled in by `doors`


DOORS = doors(asyncio.run(_found()))
