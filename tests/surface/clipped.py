"""What a phone of 390 px cuts off where every text is longer by two fifths.

The bridge walks through all views of the album in a pseudo-locale, Chromium shows each of them, and
counts what sticks out of the screen, out of its own box, or is shortened.
"""

import sys
import tempfile
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Self

from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.discord.world import DiscordWorld
from tests.languages.spoken import SpokenWords
from tests.languages.stretched import StretchedWords
from tests.languages.tour import LANGUAGE, toured
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.camera import PHONE, Camera, camera
from tests.sandbox.page.chromium import missing

DESK: Final = 1280
SCHEMES: Final = ("dark", "light")
# Everything of the bot's in the view: the messages, or the window that was opened. What is typed into a field
# scrolls there; a covered picture's words are not seen; of what was chosen Discord shows the label alone.
CUT_OFF = """
const dialog = document.querySelector("dialog[open]");
const ours = () => [...document.querySelectorAll(".message")].filter((one) => one.querySelector(".badge"));
const page = document.querySelector("main > .card");  // of ours, in a browser
const roots = dialog ? [dialog] : page ? [document.body] : ours();
const wide = document.documentElement.clientWidth;
const pen = document.createElement("canvas").getContext("2d");
const cut = [];
for (const root of roots) {
  for (const node of [root, ...root.querySelectorAll("*")]) {
    const unseen = "[aria-hidden=true], .hidden, .tile, svg, option, pre, input, textarea";
    if (!node.checkVisibility() || node.closest(unseen)) continue;
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const out = box.right > wide + 1 || box.left < -1;
    const held = style.overflowX !== "visible" || /block|flex|grid/.test(style.display);
    const inner = held && node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1;
    const low = style.overflowY === "hidden" && node.scrollHeight > node.clientHeight + 1;
    let short = false;
    if (node.localName === "select" && !node.multiple && node.selectedOptions[0]) {
      pen.font = style.font;
      const room = node.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      short = pen.measureText(node.selectedOptions[0].text.replace(/ \\(.*\\)$/, "")).width > room;
    }
    const words = node.selectedOptions?.[0]?.text ?? node.innerText ?? "";
    if (out || inner || low || short) cut.push(`${node.localName}.${node.className}: ${words.slice(0, 80)}`);
  }
}
return { cut, looked: roots.length };
"""


@dataclass
class Clipping:
    """What was looked at, and what of it was cut off."""

    album: int = 0  # views that there are
    views: int = 0
    longer: int = 0  # messages, windows and pages whose text was longer
    cut: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)


class Ruler:
    """Measures each view of the tour."""

    def __init__(self, words: StretchedWords, language: str, *, out: Path | None = None) -> None:
        """`out`: where pictures of what is cut off are put; where words are said in a language, of all."""
        self._words, self._language, self._out = words, language, out
        self._every = isinstance(words, SpokenWords)
        self._stack = AsyncExitStack()
        self._looking: Camera | None = None
        self._place = ""
        self.found = Clipping()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def look(self, town: AlbumScenario, name: str, view: AlbumView) -> None:
        """One view, as its reader has it on a phone."""
        looking = await self._camera(town.url)
        world = town.stage.discord.world
        here = list(world.messages.get(view.where.id, {}).values())
        phone, desk = SCHEMES if int(name[:3]) % 2 else reversed(SCHEMES)  # both widths have both
        with self._words.shown(here, lambda: _all_of(world)) as changed:
            longer = replace(view, form=self._words.of(view.form))
            seen = await looking.asked(longer, PHONE, CUT_OFF, phone)
            if self._out is not None and (seen["cut"] or self._every):
                (self._out / f"{name}.phone.png").write_bytes(await looking.picture())
            if self._out is not None and self._every:
                (self._out / f"{name}.txt").write_text(f"{longer.words}\n")
                (self._out / f"{name}.desk.png").write_bytes(await looking.take(longer, DESK, desk))
        self.found.views += 1
        self.found.longer += changed + (longer.form != view.form) + (view.page is not None)
        self.found.cut += [f"{name}: {one}" for one in seen["cut"]]

    async def _camera(self, url: str) -> Camera:
        """A browser for the page at this address; each stage has one."""
        if self._looking is None or self._place != url:
            folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="clipped-"))
            opened = camera(Path(folder) / "profile", url, said=self._words.shown_as)
            self._looking, self._place = await self._stack.enter_async_context(opened), url
            await self._looking.speak(self._language)
        return self._looking


def _all_of(world: DiscordWorld) -> list[StandInMessage]:
    return [one for channel in world.messages.values() for one in channel.values()]


async def clipping(out: Path | None = None, language: str | None = None) -> Clipping:
    """All views. `language`: as this one says it, instead of longer English."""
    words = SpokenWords(language) if language else StretchedWords()
    async with Ruler(words, language or LANGUAGE, out=out) as ruler:
        tour = await toured(language or LANGUAGE, ruler.look, words, language=language or LANGUAGE)
        return replace(ruler.found, album=tour.views, unreached=tour.unreached)


async def measure() -> Mapping[str, int]:
    """How much is cut off, in how many views. Without a browser it is not measured, and has no figure."""
    if missing() is not None:
        return {}
    found = await clipping()
    sys.stderr.writelines(f"{one}\n" for one in found.cut)  # what was not reached was said at once
    return {
        "clipped": len(found.cut),
        "clipped_longer": found.longer,
        "views": found.album,
        "views_measured": found.views,
        "views_unreached": len(found.unreached),
    }
