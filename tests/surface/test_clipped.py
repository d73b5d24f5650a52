"""The ruler sees what a phone cuts off, and nothing that it shows."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.proofs.album.camera import PHONE
from tests.sandbox.page.chromium import Chromium, chromium, missing
from tests.surface.clipped import CUT_OFF

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")
WORDS = "one two three four five six seven eight nine ten eleven twelve"


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Chromium]:
    async with chromium(tmp_path / "profile") as opened:
        await opened.look_like(PHONE, 844)
        yield opened


@pytest.mark.parametrize(
    ("inside", "cut"),
    [
        (f"<p>{WORDS}</p>", 0),
        (f"<p style='white-space:nowrap'>{WORDS}</p>", 1),
        (f"<p style='white-space:nowrap;overflow:hidden;text-overflow:ellipsis'>{WORDS}</p>", 1),
        (f"<p style='height:1em;overflow:hidden'>{WORDS} {WORDS}</p>", 1),
        (f"<select style='width:200px'><option>{WORDS}</option></select>", 1),
        (f"<select style='width:200px'><option>one ({WORDS})</option></select>", 0),
        (f"<input value='{WORDS}' style='width:90px'><span class='tile'>{WORDS}</span>", 0),
        (f"<button style='display:none;white-space:nowrap'>{WORDS}</button>", 0),
    ],
)
async def test_it_counts_what_is_cut_off(browser: Chromium, inside: str, cut: int) -> None:
    page = f"<meta charset=utf-8><div class=message style='max-width:300px'><i class=badge></i>{inside}</div>"
    await browser.open(f"data:text/html,{quote(page)}")

    found = await browser.until(CUT_OFF)

    assert found["looked"] == 1
    assert bool(found["cut"]) is bool(cut), found["cut"]
