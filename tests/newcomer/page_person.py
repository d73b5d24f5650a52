"""Somebody in front of the setup page, in Chromium: types, presses, reads."""

from dataclasses import dataclass
from pathlib import Path

from tests.sandbox.page.chromium import Chromium

_ANSWER = """
const beside = document.getElementById(`answer-${arguments[0]}`);
return !window.sent && beside && beside.textContent;
"""
_FOLDED = """
const around = document.getElementById(arguments[0]);
if (around.tagName === "DETAILS") around.open = true;
return true;
"""


@dataclass
class PagePerson:
    """What they typed is counted; a value left as it was is not."""

    browser: Chromium
    typed: int = 0
    pictures: Path | None = None

    async def answer(self, name: str, value: str) -> str:
        """Fill one field in, press its button, and read what stands beside it then."""
        await self.browser.until(_FOLDED, name)
        if value:
            self.typed += 1
            await self.browser.until(f"document.getElementById('value-{name}').value = ''; return true;")
            await self.browser.type(f"#value-{name}", value)
        await self.browser.until("return (window.sent = true);")
        await self.browser.click("Check and save", f"#{name} button")
        answer: str = await self.browser.until(_ANSWER, name)
        return answer

    async def source(self) -> str:
        """The page as the browser holds it."""
        text: str = await self.browser.until("return document.documentElement.outerHTML;")
        return text

    async def picture(self, name: str) -> None:
        """The page as high as it is, on a phone and at a desk, by day and by night."""
        if self.pictures is None:
            return
        for width in (390, 1280):
            for scheme in ("light", "dark"):
                await self.browser.look_like(width, 844, scheme)
                high = await self.browser.until("return document.documentElement.scrollHeight;")
                await self.browser.look_like(width, min(high, 4000), scheme)
                assert await self.browser.fits(), f"{name} is too wide at {width}"
                (self.pictures / f"{name}-{width}-{scheme}.png").write_bytes(await self.browser.picture())
