"""What a phone of 390 px cuts off where every text is longer by two fifths.

The bridge walks through all views of the album in a pseudo-locale, Chromium shows each of them, and
counts what sticks out of the screen, out of its own box, or is shortened.
"""

import tempfile
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from tests.languages.stretched import StretchedWords, translated
from tests.languages.tour import LANGUAGE, toured
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.camera import PHONE, Camera, camera
from tests.sandbox.page.chromium import missing

OTHER = "es"
# Everything of the bot's in the view: the messages, or the window that was opened. What is typed into a field
# scrolls there; a covered picture's words are not seen; of what was chosen Discord shows the label alone.
CUT_OFF = """
const dialog = document.querySelector("dialog[open]");
const ours = () => [...document.querySelectorAll(".message")].filter((one) => one.querySelector(".badge"));
const roots = dialog ? [dialog] : ours();
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

    views: int = 0
    longer: int = 0  # messages and windows whose text was longer
    cut: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)


class Ruler:
    """Measures each view of the tour."""

    def __init__(self, words: StretchedWords, *, out: Path | None = None, every: bool = False) -> None:
        """`out`: where pictures of what is cut off are put; `every`: of all views."""
        self._words, self._out, self._every = words, out, every
        self._stack = AsyncExitStack()
        self._looking: Camera | None = None
        self.found = Clipping()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def look(self, town: AlbumScenario, name: str, view: AlbumView) -> None:
        """One view, as its reader has it on a phone."""
        if view.page is not None:
            return  # a page of the browser speaks what that asks for; `tests/web` measures it
        if self._looking is None:
            folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="clipped-"))
            self._looking = await self._stack.enter_async_context(camera(Path(folder) / "profile", town.url))
        messages = list(town.stage.discord.world.messages.get(view.where.id, {}).values())
        with self._words.shown(messages) as changed:
            longer = replace(view, form=self._words.of(view.form))
            seen = await self._looking.asked(longer, PHONE, CUT_OFF)
            if self._out is not None and (seen["cut"] or self._every):
                (self._out / f"{name}.png").write_bytes(await self._looking.take(longer, PHONE))
        self.found.views += 1
        self.found.longer += changed + (longer.form != view.form)
        self.found.cut += [f"{name}: {one}" for one in seen["cut"]]


async def clipping(out: Path | None = None, language: str | None = None) -> Clipping:
    """All views. `language`: as this one says it, instead of longer English."""
    words = StretchedWords(translated(language) if language else None)
    place = OTHER if language == LANGUAGE else LANGUAGE  # in which the marked words are spoken
    async with Ruler(words, out=out, every=language is not None) as ruler:
        ruler.found.unreached = await toured(place, ruler.look, words, language=place)
        return ruler.found


async def measure() -> Mapping[str, int]:
    """How much is cut off, in how many views. Without a browser it is not measured, and has no figure."""
    if missing() is not None:
        return {}
    found = await clipping()
    return {
        "clipped": len(found.cut),
        "clipped_views": found.views,
        "clipped_longer": found.longer,
        "clipped_unreached": len(found.unreached),
    }
