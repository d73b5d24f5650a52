"""The pages in a real browser: the way in, axe-core, and a phone."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.sandbox.play import address_in
from tests.features.people.team_page.browser_steps import SCREENS, looked_at, walk_in
from tests.features.people.team_page.page_scenario import PageScenario
from tests.proofs.faults.live_bridge import PATIENCE
from tests.sandbox.page.axe import violations
from tests.sandbox.page.chromium import Chromium, chromium, missing

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
END, BACKSPACE = "\ue010", "\ue003"  # as WebDriver names them
BACK: Final = "http://127.0.0.1:33418/callback"


async def addresses(team: PageScenario) -> Mapping[str, tuple[str, str]]:
    """Every page, new and old, and words of its heading."""
    stage = team.house.stage
    link = await (await stage.owner.slash(stage.guild, stage.lobby, "link")).done(PATIENCE)
    return {
        "start": ("/page", "Your page"),
        "waiting": (team.at("waiting"), "Waiting"),
        "earnings": (team.at("earnings"), "Earnings"),
        "a week": (team.at("earnings") + "?period=last+7+days", "Earnings"),
        "a year": (team.at("earnings") + "?period=this+year", "Earnings"),
        "no days": (team.at("earnings") + "?days=nonsense", "Earnings"),
        "calendar": (team.at("calendar"), "Calendar"),
        "plan a post": (
            team.at("calendar/post") + f"?item.{'0' * 8}-0000-4000-8000-{'0' * 12}=Set+1",
            "Plan a post",
        ),
        "plan a mass message": (team.at("calendar/mass"), "Plan a mass message"),
        "vault": (team.at("vault"), "Vault"),
        "nothing": (team.at("vault") + "?search=nothing", "Vault"),
        "refused": ("/page/6f2d8a10-0000-4000-8000-000000000001/vault", "You don't have access"),
        "link": ((await team.link(await team.newcomer("axe-viewer", "viewer"))), "Open your page"),
        "over": ("/page/in/" + "A" * 43, "no longer works"),
        "no link": ("/page/in/none", "no longer works"),
        "account link": (address_in(link.message), "Connect your Fanvue account"),
        "nowhere": ("/nowhere", "nothing here"),
        "agent": (await _agent(team.url), "Connect an app"),
    }


async def _agent(url: str) -> str:
    """The page on which an agent waits to be let in."""
    async with aiohttp.ClientSession() as session:
        asked = {"client_name": "Helper", "redirect_uris": [BACK]}
        async with session.post(f"{url}/oauth/register", json=asked) as made:
            client = (await made.json())["client_id"]
    words = {
        "response_type": "code",
        "client_id": client,
        "redirect_uri": BACK,
        "state": "s",
        "code_challenge": "A" * 43,
        "code_challenge_method": "S256",
        "resource": f"{url}/api/v1/mcp",
    }
    return f"{url}/oauth/authorize?{urlencode(words)}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_core_finds_nothing_on_any_page(window: tuple[PageScenario, Chromium], scheme: str) -> None:
    team, browser = window
    found: dict[str, list[str]] = {}
    wide: list[str] = []
    for name, (where, words) in (await addresses(team)).items():
        await browser.open(where if "://" in where else team.url + where)
        await browser.sees(words, "h1")
        for width, height in SCREENS:
            await browser.look_like(width, height, scheme)
            found[f"{name} {width}"] = await violations(browser)
            if not await browser.fits():
                wide.append(f"{name} {width}")

    assert {name: rules for name, rules in found.items() if rules} == {}
    assert wide == []
    assert len(found) == 18 * len(SCREENS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_form_that_was_refused_and_what_follows_one_that_was_taken_have_no_violation(
    window: tuple[PageScenario, Chromium], scheme: str
) -> None:
    team, browser = window
    found: dict[str, list[str]] = {}
    await browser.open(team.url + team.at("calendar"))
    await browser.click("Plan a post", "a")
    await browser.type("#text", "A quiet evening, soon")
    await browser.type("#when", "soonish")
    await browser.click("Put it on Discord", "button")
    await browser.sees("We can't read that time")
    await looked_at(browser, found, "refused", scheme)
    await browser.type("#when", END + BACKSPACE * len("soonish") + "in 3 days")
    await browser.click("Put it on Discord", "button")
    await browser.sees("It waits for your confirmation on Discord", "h2")
    await browser.sees("A quiet evening, soon")
    await looked_at(browser, found, "taken", scheme)

    assert {name: rules for name, rules in found.items() if rules} == {}
    assert len(found) == 2 * len(SCREENS)


async def test_axe_core_is_the_one_that_was_meant(window: tuple[PageScenario, Chromium]) -> None:
    _, browser = window
    await browser.open("data:text/html,<title>x</title><img src=x><p style='color:%23eee'>pale</p>")
    found = await violations(browser)

    assert {re.split(":", one)[0] for one in found} >= {"image-alt", "color-contrast", "html-has-lang"}


async def test_no_page_makes_the_browser_complain(window: tuple[PageScenario, Chromium]) -> None:
    team, browser = window
    await browser.complaints()  # of pages before
    for key in ("waiting", "earnings", "calendar", "calendar/post", "calendar/mass", "vault"):
        await browser.open(team.url + team.at(key))
        await browser.sees("Sign out", "button")

    assert await browser.complaints() == []


async def test_a_person_searches_chooses_days_and_signs_out(team: PageScenario, tmp_path: Path) -> None:
    async with chromium(tmp_path / "profile") as browser:
        await walk_in(team, browser)
        await _looks_round(browser)
        await browser.open(f"{team.url}/page")
        await browser.sees("You're not signed in", "h1")


async def _looks_round(browser: Chromium) -> None:
    await browser.click("Vault", "nav a")
    await browser.type("#search", "IMG")
    await browser.click("Search", "button")
    await browser.sees("IMG_4711.jpg")
    await browser.click("Earnings", "nav a")
    await browser.type("#days", "last 90 days")
    await browser.click("Show", "button", exactly=True)
    await browser.sees("$123.45")
    await browser.click("The chart as a table", "summary")
    await browser.click("Sign out", "button")
    await browser.sees("Signed out", "h1")
