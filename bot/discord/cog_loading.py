"""Finds the cogs where they lie, and what each of them brings.

A module of `cogs` is loaded because it is there, and so are its cogs. It may have `BUTTONS`, `LISTS` and
`WINDOWS`: its handlers, each by the action in its custom_id; and `setup`, which adds what is no cog.
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from discord.ext import commands

from bot.discord.bridge import Controls

_FIRST = (  # in /help: how one begins, and what is typed most
    "cogs.operations.help",
    "cogs.operations.setup",
    "cogs.people.link",
    "cogs.inbox.reply",
    "cogs.inbox.snooze",
    "cogs.inbox.claim",
)


class TwoHandlers(Exception):
    """Raised when two modules have a handler for the same custom_id; its text names both."""


@cache  # they lie in the program: to look through all folders takes as long as much of a start
def cog_names() -> tuple[str, ...]:
    """Every module of every area, in the order in which they are set up: a few first, then by name."""
    found = {f"cogs.{area.name}.{module.name}" for area in _areas() for module in iter_modules([str(area)])}
    return (*_FIRST, *sorted(found - {*_FIRST}))


def language_folders() -> tuple[Path, ...]:
    """Where languages are: what all cogs share, and beside each cog what is its own."""
    return (Path(__file__).with_name("locales"), *_areas())


def load_cogs(names: Iterable[str]) -> list[ModuleType]:
    """Import them."""
    return [import_module(name) for name in names]


def controls_of(cogs: Iterable[ModuleType]) -> Controls:
    """What their buttons, lists and windows lead to. Raises TwoHandlers."""
    cogs = list(cogs)
    return Controls(
        buttons=_joined(cogs, "BUTTONS"), lists=_joined(cogs, "LISTS"), windows=_joined(cogs, "WINDOWS")
    )


def cogs_in(module: ModuleType) -> list[type[commands.Cog]]:
    """The cogs that are written in this module."""
    kinds = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, commands.Cog)]
    return [one for one in kinds if one.__module__ == module.__name__]


async def set_up(bot: commands.Bot, cogs: Iterable[ModuleType]) -> None:
    """Add the commands and listeners of each."""
    for module in cogs:
        for cog in cogs_in(module):
            await bot.add_cog(cog())
        if hasattr(module, "setup"):
            await module.setup(bot)


@cache
def _areas() -> tuple[Path, ...]:
    root = find_spec("cogs")
    places = [] if root is None else [*(root.submodule_search_locations or ())]
    return tuple(Path(place, area.name) for place in places for area in iter_modules([place]) if area.ispkg)


def _joined(cogs: Iterable[ModuleType], table: str) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    owners: dict[str, str] = {}
    for cog in cogs:
        for action, handler in getattr(cog, table, {}).items():
            if (owner := owners.setdefault(action, cog.__name__)) != cog.__name__:
                raise TwoHandlers(f"{owner} and {cog.__name__} both have {action!r} in {table}.")
            joined[action] = handler
    return joined
