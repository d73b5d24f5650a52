"""Keys are not turned beside several processes that share a database."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app.program import built
from bot.features.operations.keys import command
from bot.settings.loader import load
from bot.settings.model import Settings
from storage.engine.connect import open_database, site_of
from storage.engine.site import Site
from tests import postgres
from tests.settings.test_settings import KEY_6, KEY_7, WHOLE


@asynccontextmanager
async def shared(url: str) -> AsyncIterator[None]:
    """One of several uses the database meanwhile."""
    database = await open_database(url, now=0, shared="one")
    try:
        yield
    finally:
        await database.close()


def of(url: str, folder: Path, keys: str) -> Settings:
    return load(WHOLE | {"DATABASE_URL": url, "STATE_DIR": str(folder), "ENCRYPTION_KEYS": keys})


def _seen(site: Site) -> tuple[bool, str | None, bool]:
    return site.is_held(), site.holder(), site.is_shared()


async def test_they_are_not_turned_while_several_processes_may_have_other_keys(tmp_path: Path) -> None:
    said: list[str] = []
    with postgres.emptied() as url:
        async with built(of(url, tmp_path, KEY_6)):
            pass
        both = of(url, tmp_path, f"{KEY_7},{KEY_6}")
        async with shared(url):
            refused = await asyncio.to_thread(command.rotate, both, say=said.append)
            site = site_of(url)
            seen = await asyncio.to_thread(_seen, site)
        code, _ = await asyncio.to_thread(command.rotate, both, say=said.append)
        after = await asyncio.to_thread(_seen, site)

    assert refused[0] == command.NOT_NOW
    assert "Several processes use this database" in refused[1]
    assert seen == (True, str(os.getpid()), True)
    assert code == 0
    assert after == (False, None, False)
