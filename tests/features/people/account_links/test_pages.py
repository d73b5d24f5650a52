"""The pages of a link in a real browser, over https: what they say, how they look."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.oauth import COOKIE as DISCORD_COOKIE
from bot.sandbox.fanvue.oauth import COOKIE as FANVUE_COOKIE
from bot.sandbox.free_ports import free_port
from bot.sandbox.play import address_in
from tests.features.people.account_links.tls_proxy import tls_before
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed
from tests.sandbox.page.chromium import Chromium, chromium, missing

LACKS = missing()
pytestmark = [
    pytest.mark.skipif(LACKS is not None, reason=LACKS or ""),
    pytest.mark.asyncio(loop_scope="module"),
]
SCREENS = [(390, 844, "light"), (390, 844, "dark"), (1280, 900, "light"), (1280, 900, "dark")]
# Everything that a page loaded besides itself, and the origin of what it would send a form to.
RESOURCES = "return JSON.stringify(performance.getEntriesByType('resource').map((one) => one.name))"
SMALL = """
const small = (one) => one.getBoundingClientRect().height < 44;
const tappable = [...document.querySelectorAll('button')];
return JSON.stringify(tappable.filter(small).map((one) => one.innerText));
"""
# Contrast of each text with what lies behind it, after WCAG 2.2; the worst one.
CONTRAST = """
const channels = (colour) => colour.match(/[0-9.]+/g).map(Number);
const light = (colour) => {
  const [r, g, b] = channels(colour).slice(0, 3).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (node) => {
  for (let at = node; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if ((channels(colour)[3] ?? 1) > 0) return colour;
  }
  return 'rgb(255, 255, 255)';
};
const texts = [...document.querySelectorAll('main *')].filter((node) =>
  [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()));
const ratios = texts.map((node) => {
  const [one, two] = [light(getComputedStyle(node).color), light(behind(node))].sort((a, b) => b - a);
  return (one + 0.05) / (two + 0.05);
});
return String(Math.min(...ratios));
"""
ACCOUNTABLE = (
    "will be able to see and do",
    "Read your chats with fans",
    "Answer your fans in your name",
    "See your earnings and statistics",
    "a private forum of that server, so it is on Discord",
    "Use /account unlink in Discord at any time",
    "remove the app in your settings on Fanvue",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """The bridge behind TLS, as people reach it: its cookie is a `__Host-` one."""
    folder, port = tmp_path_factory.mktemp("house"), free_port()
    public = f"https://127.0.0.1:{port}"
    callbacks = {name: f"{public}/oauth/{name}/callback" for name in ("discord", "fanvue")}
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(housed(folder))
        discord, fanvue = made.stage.discord.world.applications, made.stage.fanvue.world.apps
        for application in discord.values():
            application.redirect_uris = (*application.redirect_uris, callbacks["discord"])
        for client, app in list(fanvue.items()):
            fanvue[client] = replace(app, redirect_uris=(*app.redirect_uris, callbacks["fanvue"]))
        await made.restart(
            PUBLIC_URL=public,
            DISCORD_REDIRECT_URI=callbacks["discord"],
            FANVUE_REDIRECT_URI=callbacks["fanvue"],
        )
        bridge = int(made.setting("LISTEN").rpartition(":")[2])
        await stack.enter_async_context(tls_before(port, bridge, folder))
        made.stage.public_url = public
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def browser(house: LiveBridge, tmp_path: Path) -> AsyncIterator[Chromium]:
    """Somebody's browser, which takes the proxy's certificate; it may complain of nothing of ours."""
    async with chromium(tmp_path / "profile", insecure=True) as made:
        yield made
        own = [one for one in await made.complaints() if one.startswith(house.stage.public_url)]
        assert [one for one in own if "status of 4" not in one] == []


async def linked(house: LiveBridge) -> tuple[str, InteractionAnswer]:
    """The owner runs /link: the address of the page, and the answer that has it."""
    answer = await house.stage.owner.slash(house.stage.guild, house.stage.lobby, "link")
    await answer.done(PATIENCE)
    return address_in(answer.message), answer


async def looks_good(browser: Chromium, *words: str) -> None:
    """On a phone and on a desk, in light and in dark: readable, whole, with nothing from elsewhere."""
    for width, height, scheme in SCREENS:
        await browser.look_like(width, height, scheme)
        for sentence in words:
            await browser.sees(sentence)
        assert await browser.fits()
        assert float(await browser.until(CONTRAST)) >= 4.5
        assert await browser.until(SMALL) == "[]"
        if (await at(browser)).startswith("https:"):  # a page of the bridge; the stand-ins' have none
            assert await browser.until(RESOURCES) == "[]"


async def cookies(browser: Chromium) -> list[dict[str, Any]]:
    """What the browser keeps of the bridge; the stand-ins are on this machine, too, and have their own."""
    found: list[dict[str, Any]] = await browser.call("/cookie", method="GET")
    return [cookie for cookie in found if cookie["name"] not in {DISCORD_COOKIE, FANVUE_COOKIE}]


async def at(browser: Chromium) -> str:
    """The address that the browser shows."""
    found: str = await browser.call("/url", method="GET")
    return found


async def test_a_creator_goes_the_whole_way_and_every_page_says_what_it_must(
    house: LiveBridge, browser: Chromium
) -> None:
    url, answer = await linked(house)
    await browser.open(url)
    await looks_good(browser, "Luna (@luna) asked for this on Discord", "Luna's studio", *ACCOUNTABLE)
    (cookie,) = await cookies(browser)
    assert (cookie["name"], cookie["secure"], cookie["httpOnly"]) == ("__Host-link", True, True)
    assert (cookie["sameSite"], cookie["path"]) == ("Lax", "/")

    await browser.click("Continue with Discord")
    await browser.click("Luna")
    await looks_good(browser, "wants to know who you are", "Signed in as luna")
    await browser.click("Authorize")
    await looks_good(browser, "Discord says that you are Luna (@luna)", "Luna's studio", *ACCOUNTABLE)
    assert await at(browser) == f"{house.stage.public_url}/link/consent"

    await browser.click("Continue to Fanvue")
    await browser.click("@luna.rivers")
    await looks_good(browser, "wants access")
    await browser.click("Allow")
    await looks_good(
        browser, "one last question in Discord", "Luna (@luna), go back to Discord", "Luna's studio"
    )
    assert await at(browser) == f"{house.stage.public_url}/link/done"
    assert await cookies(browser) == []
    await answer.says("One last question", PATIENCE)


async def test_every_other_end_is_a_page_of_its_own(house: LiveBridge, browser: Chromium) -> None:
    public = house.stage.public_url
    for path, words in (
        ("/link/declined", "You said no, so nothing has changed"),
        (
            "/link/problem",
            "The link may have expired, been used already, or been opened in another browser.",
        ),
        ("/link/other-account", "This link belongs to another Discord user"),
        ("/link/consent", "That did not work"),
        ("/link/" + "x" * 43, "That did not work"),
        ("/nowhere", "There is nothing here"),
    ):
        await browser.open(public + path)
        await looks_good(browser, words)


async def test_a_no_at_either_side_leads_to_a_page_that_says_so(house: LiveBridge, browser: Chromium) -> None:
    first, _ = await linked(house)
    for url, *buttons in (
        (first, "Continue with Discord", "Luna", "Cancel"),
        (first, "Continue with Discord", "Authorize", "No, connect nothing"),
        ("", "Continue with Discord", "Authorize", "Continue to Fanvue", "@luna.rivers", "Deny"),
    ):
        await browser.open(url or (await linked(house))[0])
        for button in buttons:
            await browser.click(button)
        await browser.sees("All right, not connected")
        assert await at(browser) == f"{house.stage.public_url}/link/declined"


async def test_somebody_elses_discord_account_sees_that_the_link_is_not_theirs(
    house: LiveBridge, browser: Chromium
) -> None:
    url, answer = await linked(house)
    await browser.open(url)
    for button in ("Continue with Discord", "Theo", "Authorize"):
        await browser.click(button)

    await browser.sees("This link belongs to another Discord user")
    await answer.says("another Discord account opened it", PATIENCE)
