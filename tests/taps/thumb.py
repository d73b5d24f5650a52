"""One thumb on the demo's page: each tap is counted, each step photographed."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.patience import SECONDS
from tests.sandbox.page.chromium import BrowserComplaint, Chromium, chromium

WIDTH, HEIGHT, DENSE = 390, 844, 2
BUTTON = ".message .button"
SUBMIT = "dialog[open] .button[type=submit]"
FIELD = "dialog[open] textarea, dialog[open] input[type=text]"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|\b[A-Za-z0-9_-]{22}\b|\b\d{17,20}\b")
_OPEN = """
return document.body.dataset.lost === "no" && document.querySelector("#messages .message");
"""
_SCROLLED = """
const there = [...document.querySelectorAll(".message")];
const found = there.filter((one) => one.textContent.includes(arguments[0])).pop();
if (!found) return null;
found.scrollIntoView({ block: "end" });
const shown = found.getBoundingClientRect();
const box = document.getElementById("scroller").getBoundingClientRect();
return shown.bottom <= box.bottom + 40 && shown.bottom > box.top;
"""
_GONE = 'return !document.querySelector("dialog[open]");'


class NotYet(Exception):
    """Raised when the page does not offer what a deed needs; the sentence says what."""


@dataclass
class Thumb:
    """Taps of one deed. A text that is typed is no tap, and neither is going into its field."""

    browser: Chromium
    name: str
    pictures: Path | None = None
    patience: float = SECONDS  # for what a tap leads to
    taps: int = 0
    typed: list[str] = field(default_factory=list)
    _step: int = 0

    async def begin(self, url: str, who: DiscordPerson, where: StandInChannel) -> None:
        """The page as this member has it open in this channel; opening it is no tap."""
        await self.browser.look_like(WIDTH, HEIGHT, "light", DENSE)
        await self.browser.open(f"{url}?{urlencode({'as': who.user.id, 'channel': where.id})}")
        await self.browser.until(_OPEN)

    async def tap(self, words: str, within: str = BUTTON) -> None:
        """Press what says these words, the lowest of them on the page. Raises `NotYet`."""
        await self.sees(words, within)
        await self._photograph()
        await self.browser.click(words, within)
        self.taps += 1

    async def number(self, number: int) -> None:
        """Press an item's number in a gallery."""
        await self._photograph()
        await self._within(self.browser.click(str(number), BUTTON, exactly=True), f"no item {number}")
        self.taps += 1

    async def tick(self, name: str) -> None:
        """Tick a box of the window."""
        box = f"dialog[open] input[type=checkbox][name={name}]"
        found = "return document.querySelector(arguments[0])"
        await self._within(self.browser.until(found, box), f"the window has no box {name}")
        await self._photograph()
        await self.browser.click("", f"dialog[open] label:has([name={name}])")
        self.taps += 1

    async def type(self, text: str, selector: str = FIELD) -> None:
        """Write into a field of the window."""
        await self._within(self.browser.type(selector, text), "no window with a field was opened")
        self.typed.append(text)

    async def sent(self) -> None:
        """Send the window and see it close."""
        await self.tap("Send", SUBMIT)
        await self._within(self.browser.until(_GONE), "the window stays open")

    async def sees(self, words: str, within: str = ".message") -> None:
        """Return when these words are on the page. Raises `NotYet`."""
        await self._within(self.browser.sees(words, within), f"nothing on the page says “{words}”")

    async def looks_at(self, words: str) -> None:
        """Scroll to the lowest message with these words, which is no tap. Raises `NotYet`."""
        await self.sees(words)
        await self._within(self.browser.until(_SCROLLED, words), f"“{words}” does not come into view")

    async def end(self) -> None:
        """Photograph what it led to."""
        await self._photograph()

    @property
    def ids(self) -> int:
        """How many of the typed texts were ids."""
        return sum(bool(_ID.search(text)) for text in self.typed)

    async def _within(self, deed: Awaitable[object], what: str) -> None:
        try:
            async with asyncio.timeout(self.patience):
                await deed
        except (TimeoutError, BrowserComplaint) as late:
            await self._photograph()
            raise NotYet(f"{what}, after {self.taps} taps") from late

    async def _photograph(self) -> None:
        if self.pictures is None:
            return
        self._step += 1
        for scheme in ("light", "dark"):
            await self.browser.look_like(WIDTH, HEIGHT, scheme, DENSE)
            picture = await self.browser.picture()
            (self.pictures / f"{self.name}-{self._step}-{scheme}.png").write_bytes(picture)


@asynccontextmanager
async def phone(folder: Path) -> AsyncIterator[Chromium]:
    """A browser at a phone's width."""
    async with chromium(folder / "profile") as browser:
        yield browser
