"""`python -m tests.architecture.listeners`: who hears of what in the program."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.program import BridgeProgram, built
from bot.settings.loader import load
from tests.settings.test_settings import WHOLE


@asynccontextmanager
async def bridge(folder: Path) -> AsyncIterator[BridgeProgram]:
    """The whole program on SQLite; nothing of it runs."""
    async with built(load(WHOLE | {"DATABASE_URL": f"sqlite:///{folder}/bridge.sqlite3"})) as made:
        yield made


async def rows(folder: Path) -> list[tuple[str, list[str]]]:
    """By what happened: the features that hear of it, in order, each with what is called."""
    async with bridge(folder) as made:
        return [
            (meaning, [f"{feature}: {call}" for feature, call in heard])
            for meaning, heard in made.core.listeners.table()
        ]


def main() -> None:
    """Print them."""
    with TemporaryDirectory() as folder:
        for meaning, heard in asyncio.run(rows(Path(folder))):
            print(meaning)
            for one in heard:
                print(f"    {one}")


if __name__ == "__main__":
    main()
