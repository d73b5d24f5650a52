"""`python -m tests.architecture.new_feature TREE`: what a tree's program has."""

import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.background_tasks import all_tasks
from bot.app.program import built
from bot.discord.cog_loading import cog_names, load_cogs, set_up
from bot.settings.loader import load
from storage.records import Stream
from tests.settings.test_settings import WHOLE


async def _nothing(_stream: Stream) -> None:
    """Nothing is drained."""


async def found(folder: Path) -> dict[str, list[str]]:
    """The commands, kinds of effects and background tasks of the program on SQLite."""
    async with built(load(WHOLE | {"DATABASE_URL": f"sqlite:///{folder}/bridge.sqlite3"})) as bridge:
        await set_up(bridge.bot, load_cogs(cog_names()))
        return {
            "commands": [command.qualified_name for command in bridge.bot.tree.walk_commands()],
            "effects": list(bridge.features.handlers(bridge.ports)),
            "tasks": [one.task.name for one in all_tasks(bridge, _nothing)],
            "services": [kind.__name__ for kind in bridge.bot.services.kinds],
        }


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        json.dump(asyncio.run(found(Path(made))), sys.stdout)
