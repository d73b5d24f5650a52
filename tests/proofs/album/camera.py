"""A browser that opens the demo's page where a view is, and takes its picture."""

import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.proofs.album.album_scenario import AlbumView
from tests.sandbox.page.chromium import Chromium, chromium

PHONE, DESKTOP = 390, 1200
_TALL, _LOW, _HIGHEST = 844, 800, 2600
_ROOM = 330  # pixels: the page's own bars, and some of what stands above
THERE = """
const found = document.querySelector(`.message[data-id="${arguments[0]}"]`);
return found && document.body.dataset.lost === "no" ? Math.ceil(found.getBoundingClientRect().height) : null;
"""
# The page keeps to its newest line whenever something comes in or its size changes: until it has settled.
LIFT = """
const found = document.querySelector(`.message[data-id="${arguments[0]}"]`);
const box = document.getElementById("scroller").getBoundingClientRect();
const shown = found.getBoundingClientRect();
const near = Math.abs(shown.bottom - box.bottom) < 40;
const stands = near || (shown.top >= box.top && shown.bottom <= box.bottom);
window.stood = stands ? (window.stood ?? 0) + 1 : 0;
if (!stands) found.scrollIntoView({ block: "end" });
requestAnimationFrame(() => (document.body.dataset.frame = String(performance.now())));
return window.stood > 3;
"""
SHEET = """
body { margin: 0; display: grid; gap: 6px; background: #777; font: 13px sans-serif; }
figure { margin: 0; }
img { display: block; }
"""
DEVELOPED = """
const done = [...document.images].every((one) => one.complete && one.naturalWidth);
return done && document.body.scrollHeight;
"""
# All texts of a page; with an argument, these are put in their place.
TEXTS = """
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  if (arguments[0]) node.data = arguments[0][texts.length];
  texts.push(node.data);
}
return texts;
"""
FORM = """
if (!window.formed) {
  window.formed = true;
  const names = { channels: new Map(), kinds: new Map(), roles: new Map(), people: new Map() };
  import("/modal.js").then(({ showModal }) => showModal(arguments[0], names, async () => null));
}
return document.querySelector("dialog[open]");
"""


class Camera:
    """One browser; `take` gives a picture of one view at one width."""

    def __init__(self, browser: Chromium, url: str, *, said: Callable[[str], str] = str) -> None:
        """`said`: what is shown instead of each text of a page of its own."""
        self._browser, self._url, self._said = browser, url, said

    async def speak(self, language: str) -> None:
        """Ask pages for this language."""
        await self._browser.cdp("Network.enable")
        await self._browser.cdp("Network.setExtraHTTPHeaders", headers={"Accept-Language": language})

    async def take(self, shot: AlbumView, width: int, scheme: str | None = None) -> bytes:
        """The view as this member sees it, as high as it needs to be.

        `scheme`: dark or light; left out, it is dark on a phone and light on a desk.
        """
        await self._open(shot, width, scheme)
        return await self._browser.picture()

    async def asked(self, shot: AlbumView, width: int, script: str, scheme: str | None = None) -> Any:
        """What a script finds in it; `picture` shows the same."""
        await self._open(shot, width, scheme)
        return await self._browser.until(script)

    async def picture(self) -> bytes:
        """What was opened last, as it is."""
        return await self._browser.picture()

    async def _open(self, shot: AlbumView, width: int, scheme: str | None = None) -> None:
        phone = width == PHONE
        low, usual = (_TALL, "dark") if phone else (_LOW, "light")
        scheme = scheme or usual
        await self._browser.look_like(width, low, scheme)
        if shot.page is not None:
            await self._open_whole(shot.page.url, width, scheme)
            return
        query = urlencode({"as": shot.who.user.id, "channel": shot.where.id})
        await self._browser.open(f"{self._url}?{query}")
        if shot.message is not None:
            number = str(shot.message.id)
            high = await self._browser.until(THERE, number)
            if high + _ROOM > low:
                await self._browser.look_like(width, min(high + _ROOM, _HIGHEST), scheme)
            await self._browser.until(LIFT, number)
        if shot.form is not None:
            await self._browser.until(FORM, shot.form)

    async def _open_whole(self, address: str, width: int, scheme: str) -> None:
        """A page of its own, as high as it is."""
        await self._browser.open(address)
        texts = await self._browser.until(TEXTS)
        await self._browser.until(TEXTS, [self._said(text) for text in texts])
        high = await self._browser.until("return document.documentElement.scrollHeight;")
        await self._browser.look_like(width, min(high, _HIGHEST), scheme)

    async def sheet(self, pictures: list[tuple[str, bytes]], width: int) -> bytes:
        """Several pictures on one, each under its name: phones in a row, desks two by two."""
        across = len(pictures) if width == PHONE else 2
        figures = "".join(
            f"<figure><figcaption>{name}</figcaption>"
            f'<img src="data:image/png;base64,{base64.b64encode(picture).decode()}"></figure>'
            for name, picture in pictures
        )
        await self._browser.look_like(across * (width + 6), 400)
        await self._browser.open("about:blank")
        page = f"<style>{SHEET}body{{grid-template-columns:repeat({across},{width}px)}}</style>{figures}"
        show = "document.body.innerHTML = arguments[0];"
        await self._browser.call("/execute/sync", {"script": show, "args": [page]})
        high = await self._browser.until(DEVELOPED)
        await self._browser.look_like(across * (width + 6), high)
        return await self._browser.picture()


@asynccontextmanager
async def camera(profile: Path, url: str, *, said: Callable[[str], str] = str) -> AsyncIterator[Camera]:
    """A camera for the page at this address; `said` as `Camera` has it."""
    async with chromium(profile) as browser:
        yield Camera(browser, url, said=said)
