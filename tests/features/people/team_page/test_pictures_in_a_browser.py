"""Covered pictures in a real browser: what is seen before a press, and after it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.features.people.team_page.browser_steps import looked_at
from tests.features.people.team_page.page_scenario import PageScenario
from tests.features.people.team_page.picture_scenario import PictureScenario
from tests.sandbox.page.chromium import Chromium, missing

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]

SPACE = "\ue00d"  # as WebDriver names it
# A picture below the fold comes only once it is scrolled to.
_SEEN = """
const done = arguments[arguments.length - 1], shots = [...document.images];
const there = (one) => new Promise((say) => { one.onload = one.onerror = say; one.loading = "eager"; });
Promise.all(shots.map((one) => one.complete || there(one))).then(() => done(Object.fromEntries(shots.map(
  (one) => [one.alt.split(" ").pop(), [getComputedStyle(one).filter === "none", one.naturalWidth > 1]]))));
"""


async def _seen(browser: Chromium) -> Mapping[str, list[bool]]:
    """Of each picture, once all are there: whether it is uncovered, and more than nothing."""
    found: Mapping[str, list[bool]] = await browser.call("/execute/async", {"script": _SEEN, "args": []})
    return found


async def _press(browser: Chromium, selector: str) -> None:
    """The mouse goes there, and presses."""
    found: Any = await browser.until("return document.querySelector(arguments[0]);", selector)
    await browser.call(f"/element/{next(iter(found.values()))}/click")


async def test_a_picture_is_covered_until_it_is_pressed(
    window: tuple[PageScenario, Chromium], vault: PictureScenario
) -> None:
    _, browser = window
    for name in ("press-one", "press-two"):
        vault.add(name)
    await browser.open(f"{vault.url}{vault.at('vault')}?search=press-")
    await browser.complaints()  # of pages before
    covered = await _seen(browser)
    await _press(browser, '.peek[aria-label$="press-one"]')
    pressed = await _seen(browser)
    await browser.type('.peek[aria-label$="press-one"]', SPACE)
    again = await _seen(browser)
    await browser.click("Uncover all on this page", "label")
    everything = await _seen(browser)

    assert covered == again == {"press-one": [False, True], "press-two": [False, True]}
    assert pressed == {"press-one": [True, True], "press-two": [False, True]}
    assert everything == {"press-one": [True, True], "press-two": [True, True]}
    assert await browser.complaints() == []


async def test_to_uncover_is_not_to_choose(
    window: tuple[PageScenario, Chromium], vault: PictureScenario
) -> None:
    _, browser = window
    for name in ("choose-one", "choose-two"):
        vault.add(name)
    await browser.open(f"{vault.url}{vault.at('vault')}?search=choose-")
    await _press(browser, '.peek[aria-label$="choose-one"]')
    await _press(browser, '.tick input[value$="choose-two"]')
    await browser.click("Plan a post with these", "button")
    await browser.sees("Media from the vault", "legend")

    assert await _seen(browser) == {"choose-two": [False, True]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_core_finds_nothing_where_pictures_are(
    window: tuple[PageScenario, Chromium], vault: PictureScenario, scheme: str
) -> None:
    _, browser = window
    found: dict[str, list[str]] = {}
    items = [vault.add(f"{scheme}-{kind}", kind) for kind in ("image", "video", "audio", "document")]
    broken = vault.add(f"{scheme}-broken")
    vault.serve(broken, b"<html>", "text/html")
    await browser.open(f"{vault.url}{vault.at('vault')}?search={scheme}-")
    seen = await _seen(browser)
    await looked_at(browser, found, "covered", scheme)
    await browser.click("Uncover all on this page", "label")
    await looked_at(browser, found, "uncovered", scheme)
    chosen = urlencode({f"item.{item.uuid}": item.name for item in (*items, broken)})
    await browser.open(f"{vault.url}{vault.at('calendar/mass')}?{chosen}")
    await _seen(browser)
    await browser.click("Leave fans out", "summary")
    await browser.click("VIP 24 to Whales 15 · 40", "summary")
    await looked_at(browser, found, "chosen", scheme)

    assert seen == {
        f"{scheme}-image": [False, True],
        f"{scheme}-video": [False, True],
        f"{scheme}-broken": [False, False],  # nothing of it: the word below it is seen
    }
    assert {name: rules for name, rules in found.items() if rules} == {}
    assert len(found) == 6
