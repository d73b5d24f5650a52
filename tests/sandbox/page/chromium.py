"""A headless Chromium, told what to do in the W3C's WebDriver protocol."""

import asyncio
import base64
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.sandbox import patience
from bot.sandbox.free_ports import free_port

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key under which WebDriver hands out elements
ENTER = "\ue007"  # WebDriver's name of the key
PATIENCE = patience.SECONDS
LEFT = {"script timeout", "javascript error"}
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en")
# Answers as soon as the body of a function gives something true; looks again at every change of the page.
UNTIL = """
const done = arguments[arguments.length - 1], given = [...arguments].slice(0, -1);
const body = function () { BODY };
const look = () => {
  const found = body.apply(null, given);
  if (found) { watch.disconnect(); done(found); }
};
const watch = new MutationObserver(look);
watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
look();
"""
VISIBLE = """
const [words, within, exactly] = arguments;
const norm = (node) => (node.innerText || node.ariaLabel || "").replace(/\\s+/g, " ").trim();
const says = (text) => exactly ? text === words : text.includes(words);
const fits = (node) => node.checkVisibility() && says(norm(node));
return [...document.querySelectorAll(within)].filter(fits).pop();
"""


def missing() -> str | None:
    """Why there is no browser to test with, or nothing."""
    lacking = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    return f"not installed: {', '.join(lacking)} (Debian: chromium, chromium-driver)" if lacking else None


class BrowserComplaint(AssertionError):
    """The browser could not do it; `kind` is WebDriver's word for why."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(f"{kind}: {words[:600]}")
        self.kind = kind


class Chromium:
    """One browser with its tabs; each deed returns when the browser has done it."""

    def __init__(self, http: aiohttp.ClientSession, session: str) -> None:
        """`session`: the address of a WebDriver session."""
        self._http, self._session = http, session

    async def call(self, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
        """One command of the protocol; raises Complained."""
        data = {} if method == "POST" and body is None else body
        async with self._http.request(method, f"{self._session}{path}", json=data) as answer:
            value = (await answer.json())["value"]
        if isinstance(value, dict) and "error" in value:
            raise BrowserComplaint(value["error"], value["message"])
        return value

    async def cdp(self, command: str, **parameters: Any) -> Any:
        """One command of Chromium's own protocol."""
        return await self.call("/goog/cdp/execute", {"cmd": command, "params": parameters})

    async def look_like(self, width: int, height: int, scheme: str = "light", dense: float = 1) -> None:
        """The size of the screen, whether its owner likes it dark, and how dense its pixels are."""
        size = {"width": width, "height": height, "deviceScaleFactor": dense, "mobile": width < 600}
        await self.cdp("Emulation.setDeviceMetricsOverride", **size)
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        await self.cdp("Emulation.setEmulatedMedia", features=media)

    async def open(self, url: str) -> None:
        """Go to an address."""
        await self.call("/url", {"url": url})

    async def until(self, body: str, *given: Any) -> Any:
        """The first true answer of a piece of script; it may return an element."""
        asked = {"script": UNTIL.replace("BODY", body), "args": list(given)}
        async with asyncio.timeout(PATIENCE):
            while True:  # a page that is left while it is asked never answers: the next one is asked
                try:
                    return await self.call("/execute/async", asked)
                except BrowserComplaint as complaint:
                    if complaint.kind not in LEFT:
                        raise

    async def sees(self, words: str, within: str = "body") -> None:
        """Return when the words can be read in an element of this kind."""
        await self.until(VISIBLE, words, within)

    async def click(self, words: str, within: str = "button, a, summary", *, exactly: bool = False) -> None:
        """Press what says these words. `exactly`: and nothing else."""
        async with asyncio.timeout(PATIENCE):
            while True:  # what is made anew just now is looked for again
                element = await self.until(VISIBLE, words, within, exactly)
                try:
                    await self.call(f"/element/{element[ELEMENT]}/click")
                except BrowserComplaint as complaint:
                    if complaint.kind != "stale element reference":
                        raise
                else:
                    return

    async def type(self, selector: str, text: str) -> None:
        """Type into the field that this selector names; see ENTER."""
        found = "return [...document.querySelectorAll(arguments[0])].find((node) => node.checkVisibility())"
        async with asyncio.timeout(PATIENCE):
            while True:  # a field of a window that still opens takes nothing yet
                element = await self.until(found, selector)
                try:
                    await self.call(f"/element/{element[ELEMENT]}/value", {"text": text})
                except BrowserComplaint as complaint:
                    if complaint.kind not in {"stale element reference", "element not interactable"}:
                        raise
                else:
                    return

    async def tab(self, number: int) -> None:
        """Go to a tab: 0 is the first."""
        handles = await self.call("/window/handles", method="GET")
        await self.call("/window", {"handle": handles[number]})

    async def complaints(self) -> list[str]:
        """What the browser's console holds as errors: scripts that failed, things the policy refused."""
        log = await self.call("/se/log", {"type": "browser"})
        return [entry["message"] for entry in log if entry["level"] == "SEVERE"]

    async def picture(self) -> bytes:
        """A screenshot, as PNG."""
        return base64.b64decode(await self.call("/screenshot", method="GET"))

    async def fits(self) -> bool:
        """Whether nothing sticks out of the screen to the right."""
        wide = "return document.documentElement.scrollWidth <= innerWidth"
        found: bool = await self.call("/execute/sync", {"script": wide, "args": []})
        return found


@asynccontextmanager
async def chromium(profile: Path, *, insecure: bool = False) -> AsyncIterator[Chromium]:
    """A browser with a profile of its own, closed at the end. `insecure`: it takes any certificate."""
    driver = await asyncio.create_subprocess_exec(
        "chromedriver",
        f"--port={free_port()}",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert driver.stdout is not None
    try:
        port = None
        while port is None and (line := await driver.stdout.readline()):
            port = re.search(rb"started successfully on port (\d+)", line)
        assert port is not None, "chromedriver did not start"
        url = f"http://127.0.0.1:{int(port.group(1))}/session"
        options = {"args": [*ARGUMENTS, f"--user-data-dir={profile}"]}
        wanted = {
            "browserName": "chrome",
            "acceptInsecureCerts": insecure,
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": {"script": int(PATIENCE * 1000)},
        }
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2 * PATIENCE)) as http:
            async with http.post(url, json={"capabilities": {"alwaysMatch": wanted}}) as answer:
                begun = (await answer.json())["value"]
            assert "sessionId" in begun, begun
            browser = Chromium(http, f"{url}/{begun['sessionId']}")
            try:
                yield browser
            finally:  # a browser that is left behind would hold the driver's output open for ever
                await browser.call("", method="DELETE")
    finally:
        driver.terminate()
        await driver.wait()
