"""The page in a real browser: a person links, writes, replies, sees it arrive."""

import os
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import pytest

from tests.sandbox.page.chromium import ENTER, Chromium, chromium, missing
from tests.sandbox.page.conftest import DemoPageScenario, opened
from tests.scenario_fixtures import in_folder

LACKS = missing()
# Where CI runs, .ci/run has installed it; a test that is skipped there would prove nothing.
pytestmark = pytest.mark.skipif(LACKS is not None and not os.environ.get("CI"), reason=f"no browser: {LACKS}")
ROLE = """
const box = document.getElementById("option-team");
box.value = [...box.options].find((one) => one.text === "Chat team")?.value;
return box.value;
"""
ACT_AS = """
const box = document.getElementById("who");
box.value = [...box.options].find((one) => one.text.startsWith(arguments[0]))?.value;
box.dispatchEvent(new Event("change"));
return box.value;
"""
CHOOSE = """
const boxes = [...document.querySelectorAll(".ephemeral select")];
const box = boxes.find(one => (one.ariaLabel ?? "").startsWith(arguments[1]));
if (!box) return null;
for (const one of box.options) one.selected = one.text.includes(arguments[0]);
return box.value;
"""

PARTS = [
    {
        "type": 17,
        "components": [
            {"type": 9, "components": [{"type": 10, "content": "Set 1"}], "accessory": {"type": 11}},
            {"type": 10, "content": "for a_b_c ||**bold**||\n- a point"},
            {"type": 14, "divider": True},
            {"type": 12, "items": [{"description": "Set 2"}]},
            {"type": 13, "name": "file.pdf", "file": {"attachment_id": "9"}},
        ],
    },
    {"type": 1, "components": [{"type": 2, "style": 3, "label": "Yes", "custom_id": "yes"}]},
    {"type": 1, "components": [{"type": 3, "placeholder": "Which?", "custom_id": "which", "options": []}]},
    {"type": 1, "components": [{"type": 5, "custom_id": "who", "max_values": 2}]},
    {"type": 1, "components": [{"type": 2, "style": 5, "label": "Page", "url": "https://example.org/ok"}]},
    {"type": 1, "components": [{"type": 2, "style": 5, "label": "Trap", "url": "javascript:alert(1)"}]},
]
FILES = [
    {"id": "9", "filename": "file.pdf", "content_type": "application/pdf", "size": 2048},
    {"id": "10", "filename": "sums.csv", "content_type": "text/csv", "size": 12},
]
WORDS = ["Set 1", "for a_b_c bold", "Set 2", "file.pdf", "2.0 kB", "Yes", "Which?"]
DRAWN = """
if (window.drawn) return window.drawn;
import("/message.js").then(({ message }) => {
  const names = { people: new Map(), roles: new Map(), channels: new Map() };
  const from = { id: "1", author: "Bridge", author_id: "1", at: 0 };
  const item = { ...from, content: "", embeds: [], attachments: arguments[2] };
  const node = message({ ...item, components: arguments[0] }, names, {});
  const all = (selector) => [...node.querySelectorAll(selector)];
  const said = node.textContent + all("select").map((box) => box.ariaLabel);
  window.drawn = {
    said: arguments[1].filter((words) => said.includes(words)),
    covered: all(".cover > .lid").length,
    hidden: all(".spoiler:not(.shown)").length,
    leads: all("a").map((one) => one.getAttribute("href")),
    points: all(".text > .item").map((one) => one.textContent),
    files: all(".file").map((one) => one.querySelector(".file-name").textContent),
    fetched: all("img, video, iframe").length,
  };
  document.body.dataset.drawn = "yes";
});
"""


# The demo with nothing set up; nobody plays the evening.
house = in_folder(opened)


@pytest.fixture
async def browser(house: DemoPageScenario, tmp_path: Path) -> AsyncIterator[Chromium]:
    """Somebody has opened the page on a wide screen."""
    async with chromium(tmp_path / "profile") as made:
        await made.look_like(1400, 900)
        await made.open(house.url)
        yield made
        own = [
            one for one in await made.complaints() if one.startswith(house.url) and "status of 409" not in one
        ]
        assert own == []


async def connect(browser: Chromium) -> None:
    """Luna sets her server up and connects her account, by hand, in two tabs."""
    await browser.type("#say", f"/setup{ENTER}")
    await browser.until(ROLE)
    await browser.type("#option-creator-name", "Luna")
    await browser.click("Run command")
    await browser.sees("Fans will write in", ".ephemeral")
    await browser.type("#say", f"/link{ENTER}")
    await browser.click("Run command")
    await browser.click("Open the page")
    await browser.tab(1)
    for button in ("Continue", "Luna", "Authorize", "Continue to Fanvue", "@luna.rivers", "Allow"):
        await browser.click(button)
    await browser.sees("one last question in Discord")
    await browser.tab(0)
    await browser.click("Yes, connect")
    await browser.sees("is connected", ".ephemeral")


async def test_a_person_links_writes_as_a_fan_replies_and_sees_it_arrive(browser: Chromium) -> None:
    await connect(browser)
    await browser.type("#fan-says", f"hello <b>Luna</b>{ENTER}")
    await browser.click("luna-alerts", ".channel button")
    await browser.click("#Sam @sam_k", ".message .mention")  # the board's link to the thread
    await browser.sees("hello <b>Luna</b>", ".message")
    await browser.click("Reply", ".message button")
    await browser.type(".modal textarea", "hello Sam")
    await browser.click("Send", ".modal button")
    await browser.sees("✓ Sent", ".message")
    await browser.sees("hello Sam", ".bubble.theirs")

    await browser.click("Read", "#unread button")
    await browser.sees("👁 Seen", ".message")
    await browser.click("Fanvue", "#side-tabs button")
    await browser.sees("To @sam_k, through the bridge: “hello Sam”", "#received li")


async def test_a_channel_that_is_renamed_has_its_new_name_in_messages_that_stand_there(
    browser: Chromium, house: DemoPageScenario
) -> None:
    lobby = house.stage.lobby
    await browser.type("#say", f"See you in <#{lobby.id}>{ENTER}")
    await browser.sees(f"#{lobby.name}", ".message .mention")

    lobby.name = "foyer"
    await browser.type("#say", f"or here{ENTER}")

    await browser.sees("#foyer", ".message .mention")


async def test_a_preview_from_the_vault_is_covered_and_not_even_fetched_until_somebody_looks(
    browser: Chromium, house: DemoPageScenario, tmp_path: Path
) -> None:
    await connect(browser)
    await browser.type("#fan-says", f"hello{ENTER}")
    await browser.click("Sam @sam_k", ".thread button")
    await browser.type("#say", f"/media{ENTER}")
    await browser.click("Run command")
    await browser.sees("Vault of @luna.rivers", ".ephemeral")
    await browser.until(CHOOSE, "Beach morning", "Show up to 4 of them, covered")
    await browser.click("Show up to 4 of them, covered", ".ephemeral button")
    await browser.sees("Covered picture. Show", ".lid")
    assert await browser.until("return String(document.querySelectorAll('img.picture').length)") == "0"
    await browser.click("Covered picture. Show", ".lid")

    size = "const one = document.querySelector('img.picture.loaded'); return one && one.naturalHeight;"
    assert await browser.until(size) == 320
    assert [entry["variant"] for entry in house.stage.fanvue.ledger.of("file")] == ["thumbnail"]
    assert "_media" not in (tmp_path / "bridge.log").read_text()


async def test_with_the_bridge_stopped_the_page_says_so_and_nothing_appears(browser: Chromium) -> None:
    await connect(browser)
    await browser.click("Stop", "#bridge-top button")
    await browser.sees("The bridge is stopped", "#stopped")
    await browser.type("#fan-says", f"anybody there?{ENTER}")
    await browser.sees("anybody there?", ".bubble.mine")
    await browser.type("#say", f"/account{ENTER}")
    await browser.click("Run command")
    await browser.sees("The application did not respond.", "#composer, #notice")

    threads = "return String(document.querySelectorAll('.thread').length)"
    assert await browser.until(threads) == "0"
    await browser.click("Start", "#bridge-top button")
    await browser.sees("Sam @sam_k", ".thread button")


async def test_who_is_not_in_the_team_sees_only_the_lobby(browser: Chromium) -> None:
    await connect(browser)
    await browser.sees("luna-fans", ".channel")
    await browser.click("luna-fans", ".channel button")
    await browser.until(ACT_AS, "Nina")
    await browser.sees("Nina sees only the channels", "#hint")

    names = "return [...document.querySelectorAll('.channel')].map((one) => one.innerText.trim()).join()"
    assert await browser.until(names) == "lobby"


async def test_every_kind_of_component_is_drawn_and_covered_pictures_stay_covered(browser: Chromium) -> None:
    await browser.sees("Nothing here yet")
    drawn = await browser.until(DRAWN, PARTS, WORDS, FILES)

    assert drawn == {
        "said": WORDS,
        "covered": 2,
        "hidden": 1,
        "leads": ["https://example.org/ok", None],
        "points": ["a point"],
        "files": ["sums.csv", "file.pdf"],
        "fetched": 0,
    }


async def test_it_fits_screens_of_every_size(browser: Chromium) -> None:
    fits = {}
    for width, scheme in product((390, 768, 1100, 1400), ("light", "dark")):
        await browser.look_like(width, 844, scheme)
        for view in ("Team", "Phones", "Fanvue", "Faults") if width < 1100 else ("Faults", "Fanvue", "Fans"):
            await browser.click(view, "#tabs button, #side-tabs button")
            fits[width, scheme, view] = await browser.fits()

    assert [view for view, fit in fits.items() if not fit] == []
