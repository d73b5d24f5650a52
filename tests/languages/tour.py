"""Every view of the album, in the language with marks."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.languages.marked import UnsaidWords, speak_marked
from tests.proofs.album.__main__ import VIEWS, walk
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView, ViewNotReached, opened
from tests.warm_bridge import ForkedProgram

LANGUAGE = "de"
Seen = Callable[[AlbumScenario, str, AlbumView], Awaitable[None]]


async def _never() -> None:
    raise ViewNotReached("Fanvue cannot go away here")


async def toured(channels: str, seen: Seen, unsaid: UnsaidWords, *, language: str = LANGUAGE) -> list[str]:
    """Show each view to `seen`; return those that were not reached, and why.

    `unsaid` hears all that the bot says meanwhile; `language`: in whose place the marked one is spoken.
    """
    speak_marked(language)
    with tempfile.TemporaryDirectory(prefix="languages-") as folder:
        async with opened(Path(folder), ForkedProgram) as town:
            town.stage.discord.listeners.append(unsaid)
            # The bridge is a fork of this process and holds the stand-in's socket open too.
            setattr(town, "cut", _never)  # noqa: B010 - a view that needs it is left out
            for user in town.stage.discord.world.users.values():
                user.locale = language

            async def keep(name: str, shot: AlbumView) -> None:
                if name.endswith("link-done"):
                    await town.slash(town.luna, town.lobby, "settings language", language=channels)
                await seen(town, name, shot)

            try:
                return await walk(town, VIEWS, keep)
            except OSError as failed:
                return [f"the rest: {failed}"]


async def _named(_town: AlbumScenario, name: str, _view: AlbumView) -> None:
    print(name, flush=True)


if __name__ == "__main__":
    chosen = sys.argv[1]
    found = UnsaidWords()
    asyncio.run(toured(chosen, _named, found))
    for text, where in found.in_channels.items() if chosen != LANGUAGE else ():
        print("IN A CHANNEL", where, repr(text)[:300])
    for bare, whole in sorted(found.found.items()):
        print(f"{bare!r:60} in {whole[:200]!r}")
