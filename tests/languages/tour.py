"""Every view of the album, in a language whose messages carry marks."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.browser import Browser, BrowserForm, BrowserPage
from tests import postgres
from tests.journeys.test_bots import OneWorkerCluster
from tests.languages.marked import UnsaidWords
from tests.proofs.album import bot_views
from tests.proofs.album.__main__ import VIEWS, Reach, walk
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView, opened
from tests.warm_bridge import ForkedProgram

LANGUAGE = "de"
_LOCALES = {"es": "es-ES"}  # as Discord calls a language where it is not by its own name
Seen = Callable[[AlbumScenario, str, AlbumView], Awaitable[None]]


@dataclass
class AlbumTour:
    """How many views there are, and which were not reached, and why."""

    views: int = 0
    unreached: list[str] = field(default_factory=list)


async def toured(channels: str, seen: Seen, words: UnsaidWords, *, language: str = LANGUAGE) -> AlbumTour:
    """Show each view to `seen`.

    `words` hears all that the bot says meanwhile; `language`: the one that is spoken with its marks.
    """
    words.speak(language)
    found = AlbumTour(len(VIEWS) + len(bot_views.VIEWS))
    guide = _Guide(channels, seen, words, language)
    with tempfile.TemporaryDirectory(prefix="languages-") as folder:
        found.unreached += await guide.leads(opened(Path(folder), ForkedProgram), VIEWS)
    if postgres.server() is None:
        return AlbumTour(
            found.views,
            [*found.unreached, *(f"{one.__name__}: needs PostgreSQL" for one in bot_views.VIEWS)],
        )
    with tempfile.TemporaryDirectory(prefix="languages-") as folder:
        bots = bot_views.opened(Path(folder), _ForkedCluster)
        found.unreached += await guide.leads(bots, bot_views.VIEWS, first=len(VIEWS) + 1)
    return found


class _ForkedCluster(OneWorkerCluster):
    program = ForkedProgram


class _Guide:
    """Everybody's Discord and browser speak the language, and so do the channels once there are any."""

    def __init__(self, channels: str, seen: Seen, words: UnsaidWords, language: str) -> None:
        self._channels, self._seen, self._words, self._language = channels, seen, words, language

    async def leads(
        self, stage: AbstractAsyncContextManager[AlbumScenario], views: tuple[Reach, ...], *, first: int = 1
    ) -> list[str]:
        """From view to view; those that were not reached, and why."""
        async with stage as town:
            discord = town.stage.discord
            discord.listeners.append(self._words)
            for user in discord.world.users.values():
                user.locale = _LOCALES.get(self._language, self._language)
            town.browser = lambda: ReadingBrowser(self._language, self._words)

            async def keep(name: str, shot: AlbumView) -> None:
                if name.endswith("link-done"):
                    await town.slash(town.luna, town.lobby, "settings language", language=self._channels)
                await self._seen(town, name, shot)

            return await walk(town, views, keep, first=first)


class ReadingBrowser(Browser):
    """A browser that asks for the language; who presses buttons there reads them in English."""

    def __init__(self, language: str, words: UnsaidWords) -> None:
        super().__init__(language)
        self._words = words

    async def visit(self, url: str) -> BrowserPage:
        return self._read(await super().visit(url))

    async def press(self, page: BrowserPage, label: str = "", **extra: str) -> BrowserPage:
        return self._read(await super().press(page, label, **extra))

    def _read(self, page: BrowserPage) -> BrowserPage:
        forms = []
        for form in page.forms:
            buttons = [(name, value, self._words.plain(label)) for name, value, label in form.buttons]
            forms.append(BrowserForm(form.action, form.method, form.fields, buttons))
        return BrowserPage(page.url, page.status, self._words.shown_as(page.text), tuple(forms))


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
