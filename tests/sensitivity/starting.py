"""Imports every module of its tree and starts the bridge once.

python -m tests.sensitivity.starting
"""

import asyncio
import importlib
import pkgutil
import tempfile
from pathlib import Path

import bot
import cogs
import storage
from bot.sandbox.stage import staged

_HERE = Path(__file__).resolve().parents[2]


async def main() -> None:
    """Raises whatever keeps the tree from starting."""
    for package in (bot, cogs, storage):
        assert Path(str(package.__file__)).is_relative_to(_HERE), f"{package.__name__} is of another tree"
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    with tempfile.TemporaryDirectory() as folder:
        async with staged(Path(folder), speed=20.0, seed=1):
            pass


if __name__ == "__main__":
    asyncio.run(main())
