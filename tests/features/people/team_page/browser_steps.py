"""Steps of a person at the page in a real browser, and axe-core's look at it."""

from typing import Final

from tests.features.people.team_page.page_scenario import PageScenario
from tests.sandbox.page.axe import violations
from tests.sandbox.page.chromium import Chromium

SCREENS: Final = ((390, 844), (1280, 800))


async def walk_in(team: PageScenario, browser: Chromium) -> None:
    """From `/account page` by way of Discord's sign-in."""
    stage = team.house.stage
    await browser.open(await team.link(stage.owner))
    await browser.click("Continue with Discord")
    await browser.click("Luna", "a")
    await browser.click("Authorize", "button, input")
    await browser.sees("Your page", "h1")


async def looked_at(browser: Chromium, found: dict[str, list[str]], name: str, scheme: str) -> None:
    """By axe-core, on a phone and on a desk."""
    for width, height in SCREENS:
        await browser.look_like(width, height, scheme)
        found[f"{name} {width}"] = await violations(browser)
        assert await browser.fits(), (name, width)
