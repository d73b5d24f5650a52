"""Imports every module of its tree and starts the bridge once."""

import asyncio
import importlib
import pkgutil
import tempfile
from pathlib import Path

import bot
import cogs
import storage
from bot.sandbox.stage import staged
from tests.warm_bridge import ForkedProgram

_HERE = Path(__file__).resolve().parents[3]


def load() -> None:
    """Raises whatever keeps a module of the tree from being imported."""
    for package in (bot, cogs, storage):
        assert Path(str(package.__file__)).is_relative_to(_HERE), f"{package.__name__} is of another tree"
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def start() -> None:
    """Raises whatever keeps the bridge from starting; for a process that has loaded all."""
    asyncio.run(_start())


async def _start() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with staged(Path(folder), ForkedProgram, speed=20.0, seed=1):
            pass
